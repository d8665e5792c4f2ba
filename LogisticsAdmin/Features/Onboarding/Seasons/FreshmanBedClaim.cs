using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Beds that students of an open season hold or have and do not live in yet.</summary>
internal sealed class FreshmanBedClaim(OfficeTime office) : IBedClaim
{
    public async Task<IReadOnlyDictionary<long, BedPromise>> PromisesAsync(LogisticsDb db, IReadOnlyCollection<long> bedIds, CancellationToken ct)
    {
        var (now, asked) = (office.Now, bedIds.Select(b => (long?)b).ToList());
        return await (
            from freshman in db.Freshmen.AsNoTracking()
            where freshman.BedId != null && EF.Parameter(asked).Contains(freshman.BedId)
                && freshman.CheckedInAt == null && freshman.WithdrawnAt == null && (freshman.HeldUntil == null || freshman.HeldUntil > now)
            join season in db.OnboardingSeasons on freshman.SeasonId equals season.Id
            where season.State == SeasonState.Open
            join person in db.Users on freshman.PersonId equals person.Id
            select new { Bed = freshman.BedId!.Value, person.Id, Name = person.Number == null ? person.FullName : person.FullName + " " + person.Number })
            .ToDictionaryAsync(c => c.Bed, c => new BedPromise(c.Id, c.Name), ct);
    }
}
