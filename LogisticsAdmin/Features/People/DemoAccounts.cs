using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// Outside Development: disables the demo accounts of a storage that was made in Development, because their password is public. They are
/// the people who share one password hash; real hashes are salted, so no two are equal.
/// </summary>
internal sealed partial class DemoAccounts(ILogger<DemoAccounts> log) : IReferenceRows
{
    private const string Reason = "演示账号 demo account";

    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        var shared = await db.Users.Where(p => p.PasswordHash != null).GroupBy(p => p.PasswordHash!)
            .Where(people => people.Count() > 1).Select(people => people.Key).ToListAsync(ct);
        var hasher = new PasswordHasher<Person>();
        var demo = shared.Where(hash => hasher.VerifyHashedPassword(null!, hash, DemoPeople.Password) != PasswordVerificationResult.Failed).ToList();
        if (demo.Count == 0) return;
        LogDisabled(await db.WriteAsync(async token =>
        {
            var people = await db.Users.Where(p => demo.Contains(p.PasswordHash!)).ToListAsync(token);
            foreach (var person in people)
            {
                await PersonRecords.ForgetPasskeysAsync(db, person.Id, token);
                person.RemovePassword();
                if (person.MaySignIn) person.SetStatus(PersonStatus.Disabled, db.Services.Clock.GetUtcNow(), Reason);
            }
            return people.Count;
        }, ct));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "This storage was used in Development: {Count} demo accounts were disabled, and their password and passkeys removed, because the password is public")]
    private partial void LogDisabled(int count);
}
