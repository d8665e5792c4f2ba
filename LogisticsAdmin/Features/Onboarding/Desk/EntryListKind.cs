namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>The lists of the board. The names are part of addresses.</summary>
public enum EntryListKind
{
    /// <summary>Expected and not there; after the last day these did not show up.</summary>
    NotArrived = 1,

    /// <summary>Expected and without a bed.</summary>
    WithoutBed = 2,
    Arrived = 3,
    Withdrawn = 4,
    Everybody = 5,
}
