namespace LogisticsAdmin.Registries;

/// <summary>The groups of the office menu, in their order.</summary>
public enum NavigationGroup
{
    Repairs = 1,
    PeopleAndPlaces = 2,
    Settings = 3,

    /// <summary>Imports, the audit log: data of all slices.</summary>
    Data = 4,
}
