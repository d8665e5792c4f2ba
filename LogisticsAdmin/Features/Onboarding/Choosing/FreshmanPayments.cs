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
        FreshmanReference.IdOf(reference) is { } id && await Wanted(db, id).AnyAsync(ct);

    public async Task<bool> PaidAsync(LogisticsDb db, string reference, CancellationToken ct)
    {
        if (FreshmanReference.IdOf(reference) is not { } id) return false;
        // Asked once more of the row: it may have been paid in this write, which the database does not know yet.
        if (await Wanted(db, id).SingleOrDefaultAsync(ct) is not { FeesPaidAt: null } freshman) return false;
        freshman.PayFees(office.Now);
        db.Announce(new KeyChanged(OnboardingTopics.Freshmen, freshman.PersonId));
        return true;
    }

    /// <summary>Nobody pays for a season that ended without them.</summary>
    private static IQueryable<Freshman> Wanted(LogisticsDb db, long id)
    {
        var seasons = db.OnboardingSeasons;
        return db.Freshmen.Where(f => f.Id == id && f.FeesPaidAt == null && f.WithdrawnAt == null
            && (f.CheckedInAt != null || seasons.Any(s => s.Id == f.SeasonId && s.State == SeasonState.Open)));
    }
}
