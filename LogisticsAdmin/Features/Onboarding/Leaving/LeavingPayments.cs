using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Hears that a damage was paid. An amount that changed meanwhile is not wanted any more: the money stays on the person's account.</summary>
internal sealed class LeavingPayments(OfficeTime office) : IAskedPayments
{
    public string Prefix => DamageReference.Prefix;

    public async Task<bool> IsWantedAsync(LogisticsDb db, string reference, CancellationToken ct) => await FindAsync(db, reference, ct) is not null;

    public async Task<bool> PaidAsync(LogisticsDb db, string reference, CancellationToken ct)
    {
        if (await FindAsync(db, reference, ct) is not { } leaver) return false;
        leaver.PayDamage(office.Now);
        db.Announce(new KeyChanged(OnboardingTopics.Leaving, leaver.RoundId));
        db.Announce(new KeyChanged(PersonRecords.Topic, leaver.PersonId));
        return true;
    }

    private static async Task<Leaver?> FindAsync(LogisticsDb db, string reference, CancellationToken ct)
    {
        if (DamageReference.LeaverOf(reference) is not { } id) return null;
        var leaver = await db.Leavers.SingleOrDefaultAsync(l => l.Id == id, ct);
        return leaver is { OwesDamage: true } && DamageReference.Of(leaver) == reference ? leaver : null;
    }
}
