namespace LogisticsAdmin.Features.People;

/// <summary>Bulk actions.</summary>
public enum PeopleVerb
{
    AddRole = 1,
    RemoveRole = 2,
    Move = 3,
    Disable = 4,
    Graduate = 5,
    HandSlips = 6,
    Enable = 7,
    Restore = 8,
}
