namespace LogisticsAdmin.Security;

/// <summary>Names of the policies on pages and endpoints. Services check again.</summary>
public static class Policies
{
    /// <summary>See <see cref="RoleGroups.Office"/>.</summary>
    public const string Office = nameof(Office);

    /// <summary>See <see cref="RoleGroups.Management"/>.</summary>
    public const string Management = nameof(Management);
    public const string Administrators = nameof(Administrators);
    public const string Technicians = nameof(Technicians);
}
