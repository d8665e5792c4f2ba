using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>Hears that a freshman's fees were paid. Money of somebody who paid otherwise or does not come stays on their account.</summary>
internal sealed class FreshmanPayments(OfficeTime office) : IAskedPayments
{
    public string Prefix => FreshmanReference.Prefix;

    public async Task<bool> IsWantedAsync(LogisticsDb db, string reference, CancellationToken ct) =>
        FreshmanReference.IdOf(reference) is { } id
        && await db.Freshmen.AnyAsync(f => f.Id == id && f.FeesPaidAt == null && f.WithdrawnAt == null, ct);

    public async Task<bool> PaidAsync(LogisticsDb db, string reference, CancellationToken ct)
    {
        if (FreshmanReference.IdOf(reference) is not { } id) return false;
        var freshman = await db.Freshmen.SingleOrDefaultAsync(f => f.Id == id, ct);
        if (freshman is not { FeesPaidAt: null, WithdrawnAt: null }) return false;
        freshman.PayFees(office.Now);
        db.Announce(new KeyChanged(OnboardingTopics.Freshmen, freshman.PersonId));
        return true;
    }
}
