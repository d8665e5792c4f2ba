namespace LogisticsAdmin.Registries;

/// <summary>The groups of the office menu, in their order.</summary>
public enum NavigationGroup
{
    Repairs = 1,
    PeopleAndPlaces = 2,
    Fees = 3,
    Settings = 4,

    /// <summary>Imports, the audit log: data of all slices.</summary>
    Data = 5,
}
