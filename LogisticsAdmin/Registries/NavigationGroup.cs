namespace LogisticsAdmin.Registries;

/// <summary>The groups of the office menu, in their order.</summary>
public enum NavigationGroup
{
    Repairs = 1,
    PeopleAndPlaces = 2,
    Fees = 3,

    /// <summary>Meals and goods.</summary>
    Orders = 4,
    Settings = 5,

    /// <summary>Imports, the audit log: data of all slices.</summary>
    Data = 6,
}
