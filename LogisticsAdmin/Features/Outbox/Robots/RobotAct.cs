namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>What can be undone about a robot. The names are stored.</summary>
public enum RobotAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,
}
