namespace LogisticsAdmin.Security;

/// <summary>Roles that share rights. Policies, <see cref="Actor"/> and queries all use these lists.</summary>
public static class RoleGroups
{
    /// <summary>Managers and administrators: they maintain the data that the whole office shares.</summary>
    public static readonly IReadOnlyList<Role> Management = [Role.Manager, Role.Administrator];

    /// <summary>Dispatchers and the management.</summary>
    public static readonly IReadOnlyList<Role> Office = [Role.Dispatcher, .. Management];

    /// <summary>Technicians and the office: everyone who works on tickets.</summary>
    public static readonly IReadOnlyList<Role> Staff = [Role.Technician, .. Office];

    extension(IEnumerable<Role> roles)
    {
        /// <summary>The ids that the database stores, for queries.</summary>
        public long[] ToIds() => [.. roles.Select(role => (long)role)];

        /// <summary>The names that the cookie carries, for policies.</summary>
        public string[] ToNames() => [.. roles.Select(role => role.ToString())];
    }
}
