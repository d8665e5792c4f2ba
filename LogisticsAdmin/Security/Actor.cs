using System.Security.Claims;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Security;

/// <summary>Who acts: a signed-in person with the rights of their cookie, or the system itself (系统).</summary>
public sealed record Actor(long? PersonId, string Name, IReadOnlySet<Role> Roles, long? CrewId, string? Stamp)
{
    /// <summary>Background work: ticks, commands, imports.</summary>
    public static readonly Actor System = new(null, "系统", new HashSet<Role>(), null, null);

    /// <summary>
    /// 代班: the absent colleagues whose jobs are the person's as well today. Not part of the cookie: the services that ask for it add it.
    /// </summary>
    public IReadOnlyList<Colleague> StandsInFor { get; init; } = [];

    /// <summary>The session of the sign-in cookie; null for the system.</summary>
    public Guid? SessionId { get; init; }

    public bool IsSystem => PersonId is null;

    /// <summary>See <see cref="RoleGroups.Management"/>.</summary>
    public bool IsManagement => Roles.Overlaps(RoleGroups.Management);

    /// <summary>See <see cref="RoleGroups.Office"/>.</summary>
    public bool IsOffice => Roles.Overlaps(RoleGroups.Office);

    /// <summary>See <see cref="RoleGroups.Staff"/>.</summary>
    public bool IsStaff => Roles.Overlaps(RoleGroups.Staff);

    public bool Is(Role role) => Roles.Contains(role);

    /// <exception cref="Forbidden">Anyone else, the system included.</exception>
    public void DemandManagement() => ForbidUnless(IsManagement);

    /// <exception cref="Forbidden">Anyone else, the system included.</exception>
    public void DemandOffice() => ForbidUnless(IsOffice);

    /// <exception cref="Forbidden">Anyone else, the system included.</exception>
    public void DemandStaff() => ForbidUnless(IsStaff);

    public static Actor? From(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true) return null;
        if (TypedId.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)) is not { } id) return null;
        var roles = principal.FindAll(ClaimTypes.Role)
            .Select(c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null)
            .OfType<Role>().ToHashSet();
        var crew = TypedId.Parse(principal.FindFirstValue(PersonClaims.Crew));
        var stamp = principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
        var session = Guid.TryParse(principal.FindFirstValue(PersonClaims.Session), out var s) ? s : (Guid?)null;
        return new Actor(id, principal.FindFirstValue(PersonClaims.FullName) ?? "", roles, crew, stamp) { SessionId = session };
    }

    private static void ForbidUnless(bool isAllowed)
    {
        if (!isAllowed) throw new Forbidden();
    }
}
