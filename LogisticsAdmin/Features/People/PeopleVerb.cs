namespace LogisticsAdmin.Features.People;

/// <summary>What can be done with many people at once.</summary>
public enum PeopleVerb
{
    AddRole = 1,
    RemoveRole = 2,
    Move = 3,
    Disable = 4,
    Graduate = 5,
    HandSlips = 6,
}
