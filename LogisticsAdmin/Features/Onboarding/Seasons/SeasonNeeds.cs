using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Which steps a season has, and what its students pay. Data and bed are always steps.</summary>
public sealed record SeasonNeeds(Money Fees, bool HasEssentials, bool HasPapers, bool HasDeskTimes)
{
    public static async Task<SeasonNeeds> ReadAsync(LogisticsDb db, long seasonId, CancellationToken ct)
    {
        var fen = await db.SeasonFees.Where(f => f.SeasonId == seasonId).SumAsync(f => f.AmountFen, ct);
        return new SeasonNeeds(
            new Money(fen), await db.SeasonItems.AnyAsync(i => i.SeasonId == seasonId, ct), await db.SeasonPapers.AnyAsync(p => p.SeasonId == seasonId, ct),
            await db.DeskTimes.AnyAsync(t => t.SeasonId == seasonId, ct));
    }

    public IReadOnlyList<OnboardingStep> Steps =>
    [
        OnboardingStep.Data,
        OnboardingStep.Bed,
        .. Fees.Fen > 0 ? [OnboardingStep.Fees] : (OnboardingStep[])[],
        .. HasEssentials ? [OnboardingStep.Essentials] : (OnboardingStep[])[],
        .. HasPapers ? [OnboardingStep.Papers] : (OnboardingStep[])[],
        .. HasDeskTimes ? [OnboardingStep.Arrival] : (OnboardingStep[])[],
    ];

    /// <summary>The steps that the student has not done, in their order.</summary>
    public IReadOnlyList<OnboardingStep> MissingOf(Freshman freshman) => [.. Steps.Where(s => !IsDone(s, freshman))];

    public static bool IsDone(OnboardingStep step, Freshman freshman) => step switch
    {
        OnboardingStep.Data => freshman.DataConfirmedAt is not null,
        OnboardingStep.Bed => freshman.HasBed,
        OnboardingStep.Fees => freshman.HasFees,
        OnboardingStep.Essentials => freshman.EssentialsAt is not null,
        OnboardingStep.Papers => freshman.PapersConfirmedAt is not null,
        _ => freshman.DeskTimeId is not null,
    };
}
