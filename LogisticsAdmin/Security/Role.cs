namespace LogisticsAdmin.Security;

/// <summary>What a person may be. One person has one role or several.</summary>
public enum Role
{
    Administrator = 1,
    Manager = 2,
    Dispatcher = 3,
    Technician = 4,
    Resident = 5,
}

public static class RoleNames
{
    public const string Administrator = nameof(Role.Administrator);
    public const string Manager = nameof(Role.Manager);
    public const string Dispatcher = nameof(Role.Dispatcher);
    public const string Technician = nameof(Role.Technician);
    public const string Resident = nameof(Role.Resident);
}

/// <summary>Names of the policies on pages and endpoints: the outer door. Services ask again.</summary>
public static class Policies
{
    /// <summary>Whoever triages: dispatchers, managers, administrators.</summary>
    public const string Office = nameof(Office);

    /// <summary>Whoever answers for the office: managers and administrators.</summary>
    public const string Managers = nameof(Managers);
    public const string Administrators = nameof(Administrators);
    public const string Technicians = nameof(Technicians);
}
