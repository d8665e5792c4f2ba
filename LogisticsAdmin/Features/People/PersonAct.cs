namespace LogisticsAdmin.Features.People;

/// <summary>An action on people that can be undone.</summary>
public enum PersonAct
{
    Edit = 1,
    Disable = 2,
    Enable = 3,
    Delete = 4,
    Restore = 5,
    AddRole = 6,
    RemoveRole = 7,
    Move = 8,
    Graduate = 9,
    ConfirmEmail = 10,
}
