namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>An action on a part that can be undone.</summary>
public enum PartAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,
}
