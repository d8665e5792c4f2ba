using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>The season that is open, and its people.</summary>
internal static class EntrySeason
{
    public static Task<OnboardingSeason?> OpenSeasonAsync(this LogisticsDb db, CancellationToken ct) =>
        db.OnboardingSeasons.AsNoTracking().SingleOrDefaultAsync(s => s.State == SeasonState.Open, ct);

    /// <summary>The freshmen of the season that is open.</summary>
    public static IQueryable<Freshman> OpenFreshmen(this LogisticsDb db)
    {
        var (seasons, users) = (db.OnboardingSeasons, db.Users);
        return db.Freshmen.Where(f =>
            seasons.Any(s => s.Id == f.SeasonId && s.State == SeasonState.Open) && users.Any(p => p.Id == f.PersonId && p.RetiredAt == null));
    }

    /// <exception cref="NotFound">The person is no freshman of the open season.</exception>
    public static async Task<Freshman> DemandFreshmanAsync(this LogisticsDb db, long personId, CancellationToken ct) =>
        await db.OpenFreshmen().SingleOrDefaultAsync(f => f.PersonId == personId, ct) ?? throw new NotFound();

    public static IQueryable<EntryRow> EntryRows(this LogisticsDb db, IQueryable<Freshman> freshmen)
    {
        var (users, beds, times) = (db.Users, db.Set<Bed>(), db.Set<DeskTime>());
        return from f in freshmen.AsNoTracking()
               join p in users on f.PersonId equals p.Id
               join b in beds on (f.CheckedInAt == null ? f.BedId : p.BedId) equals (long?)b.Id into placed
               from bed in placed.DefaultIfEmpty()
               join t in times on f.DeskTimeId equals (long?)t.Id into booked
               from time in booked.DefaultIfEmpty()
               select new EntryRow
               {
                   PersonId = f.PersonId,
                   Name = p.FullName,
                   Number = p.Number,
                   Pinyin = p.Pinyin,
                   Gender = p.Gender,
                   College = p.College,
                   ClassName = p.ClassName,
                   Phone = p.PhoneNumber,
                   BedId = f.CheckedInAt == null ? f.BedId : p.BedId,
                   HomeBedId = p.BedId,
                   HeldUntil = f.HeldUntil,
                   BuildingId = (long?)bed!.Room.BuildingId,
                   Building = bed!.Room.Building.Name,
                   BuildingEn = bed!.Room.Building.NameEn,
                   Room = bed!.Room.Name,
                   RoomEn = bed!.Room.NameEn,
                   Bed = bed!.Code,
                   Day = (DateOnly?)time!.Day,
                   From = (TimeOnly?)time!.From,
                   CheckedInAt = f.CheckedInAt,
                   WithdrawnAt = f.WithdrawnAt,
                   WithdrawnBecause = f.WithdrawnBecause,
               };
    }

    public static async Task<EntryCounts> CountsAsync(this LogisticsDb db, OfficeTime office, CancellationToken ct)
    {
        var (from, until, today) = (office.At(office.Today, TimeOnly.MinValue), office.At(office.Today.AddDays(1), TimeOnly.MinValue), office.Today);
        var times = db.DeskTimes;
        var coming = db.OpenFreshmen().AsNoTracking().Where(f => f.WithdrawnAt == null);
        return new EntryCounts(
            await coming.CountAsync(f => f.CheckedInAt >= from && f.CheckedInAt < until, ct),
            await coming.CountAsync(f => times.Any(t => t.Id == f.DeskTimeId && t.Day == today), ct),
            await coming.CountAsync(f => f.CheckedInAt != null, ct),
            await coming.CountAsync(ct));
    }
}
