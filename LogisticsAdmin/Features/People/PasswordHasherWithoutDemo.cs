using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.People;

/// <summary>Outside Development: the demo password is wrong for everybody, whatever is stored; it is compared in the same time as any other.</summary>
internal sealed class PasswordHasherWithoutDemo(IOptions<PasswordHasherOptions> options) : PasswordHasher<Person>(options)
{
    public override PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
    {
        var result = base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        return providedPassword == DemoPeople.Password ? PasswordVerificationResult.Failed : result;
    }
}
