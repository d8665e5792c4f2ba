namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>The views of the triage page.</summary>
public enum RepairView
{
    New = 1,
    Unassigned = 2,
    Mine = 3,
    Overdue = 4,
    OnHold = 5,
    ToVerify = 6,
    All = 7,

    /// <summary>首问未答: the user is the first-asked owner, and the reporter has no answer yet.</summary>
    FirstAsked = 8,

    /// <summary>Tickets with an extension request that is not decided.</summary>
    Extensions = 9,
}
