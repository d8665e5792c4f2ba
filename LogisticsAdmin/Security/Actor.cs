using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Security;

/// <summary>Who acts: a signed-in person with the rights their cookie gave them, or the house itself (系统).</summary>
public sealed record Actor(long? PersonId, string Name, IReadOnlySet<Role> Roles, long? CrewId, string? Stamp)
{
    /// <summary>Background work: ticks, commands, imports.</summary>
    public static readonly Actor System = new(null, "系统", new HashSet<Role>(), null, null);

    public bool IsSystem => PersonId is null;
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Dispatchers, managers and administrators: whoever may judge tickets.</summary>
    public bool IsOffice => Is(Role.Dispatcher) || Is(Role.Manager) || Is(Role.Administrator);

    public static Actor? From(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true) return null;
        if (!long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        var roles = principal.FindAll(ClaimTypes.Role)
            .Select(c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null)
            .OfType<Role>().ToHashSet();
        var crew = long.TryParse(principal.FindFirstValue(PersonClaims.Crew), out var c) ? c : (long?)null;
        var stamp = principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
        return new Actor(id, principal.FindFirstValue(PersonClaims.FullName) ?? "", roles, crew, stamp);
    }
}

/// <summary>Claims of our own on the cookie.</summary>
public static class PersonClaims
{
    public const string FullName = "name";
    public const string Crew = "crew";
    public const string MustChangePassword = "must-change-password";
}
