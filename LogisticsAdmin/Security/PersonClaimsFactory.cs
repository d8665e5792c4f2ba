using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Security;

/// <summary>Adds to the cookie what rights depend on, so that services need not read the person from the database.</summary>
public sealed class PersonClaimsFactory(UserManager<Person> people, RoleManager<IdentityRole<long>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole<long>>(people, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(PersonClaims.FullName, user.FullName));
        if (user.CrewId is { } crew) identity.AddClaim(new Claim(PersonClaims.Crew, crew.ToString(CultureInfo.InvariantCulture)));
        if (user.MustChangePassword) identity.AddClaim(new Claim(PersonClaims.MustChangePassword, "1"));
        return identity;
    }
}
