using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>What the desk looks up in the open season, for the office. Everybody else gets <see cref="Forbidden"/>.</summary>
public sealed class EntryDeskQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, CodeGuesses guesses, EntryBeds beds)
{
    private const int Shown = 20, BedsShown = 30, BedsLookedAt = 400;

    private static readonly char[] Separators = [' ', '-'];

    /// <summary>
    /// Freshmen by arrival code, or by name, pinyin, number or class. A code that nobody has and that is nothing else either is counted as wrong, see
    /// <see cref="CodeGuesses"/>.
    /// </summary>
    public async Task<EntryFound> FindAsync(string? typed, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        if (CleanText.Clean(typed) is not { Length: > 0 } text) return EntryFound.Nobody;
        await using var db = await databases.CreateDbContextAsync(ct);
        var code = ArrivalCode.Parse(text);
        if (code is not null)
        {
            guesses.Demand(user.PersonId);
            var one = await db.EntryRows(db.OpenFreshmen().Where(f => f.Code == code)).ToListAsync(ct);
            if (one.Count > 0) return new EntryFound(one, IsByCode: true);
        }
        List<EntryRow> people = [];
        if (SearchIndex.HasWords(text))
        {
            var hits = db.SearchIds<Person>(text);
            people = await db.EntryRows(db.OpenFreshmen().Where(f => hits.Contains(f.PersonId)))
                .OrderBy(r => r.CheckedInAt != null || r.WithdrawnAt != null).ThenBy(r => r.Pinyin).ThenBy(r => r.PersonId).Take(Shown).ToListAsync(ct);
        }
        // A number of ten digits looks like a code.
        if (code is not null && people.Count == 0) guesses.Wrong(user.PersonId);
        return new EntryFound(people, IsByCode: false);
    }

    /// <exception cref="NotFound">The person is no freshman of the open season.</exception>
    public async Task<EntryDetail> ReadAsync(long personId, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var freshmen = db.OpenFreshmen().Where(f => f.PersonId == personId);
        var freshman = await freshmen.AsNoTracking().SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var row = await db.EntryRows(freshmen).SingleAsync(ct);
        var needs = await SeasonNeeds.ReadAsync(db, freshman.SeasonId, ct);
        var rooms = db.Rooms;
        return new EntryDetail(
            row, [.. needs.Steps.Select(s => new EntryStep(s, SeasonNeeds.IsDone(s, freshman)))],
            new EntryFees(
                freshman.HasFees ? new Money(freshman.FeesFen) : needs.Fees, freshman.FeesPaidAt, freshman.FeesDeferredAt, freshman.DeferReason))
        {
            DataConfirmedAt = freshman.DataConfirmedAt,
            DataRemark = freshman.DataRemark,
            Until = await db.DeskTimes.Where(t => t.Id == freshman.DeskTimeId).Select(t => (TimeOnly?)t.Until).FirstOrDefaultAsync(ct),
            CheckedInBy = await db.Users.Where(p => p.Id == freshman.CheckedInById).Select(p => p.FullName).FirstOrDefaultAsync(ct),
            CheckedInBecause = freshman.CheckedInBecause,
            Keys = await db.RoomKeys.AsNoTracking().Where(k => k.PersonId == personId && k.ReturnedAt == null).OrderBy(k => k.Id)
                .Select(k => new EntryKey(k.Label, rooms.Where(r => r.Id == k.RoomId).Select(r => r.Name).First())).ToListAsync(ct),
        };
    }

    /// <summary>
    /// Free beds for a freshman: of the group's offer, or with <paramref name="anywhere"/> of all bedrooms, without rooms of another gender; by
    /// building, room and bed, those that match all typed words.
    /// </summary>
    public async Task<IReadOnlyList<EntryBed>> FreeBedsAsync(long personId, bool anywhere, string? typed, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var freshman = await db.DemandFreshmanAsync(personId, ct);
        var gender = await db.Users.Where(p => p.Id == personId).Select(p => p.Gender).FirstAsync(ct);
        var offered = anywhere
            ? db.Beds.Where(b => b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.Kind == RoomKind.Bedroom
                && b.Room.Building.RetiredAt == null && b.Room.Building.Campus.RetiredAt == null)
            : db.Beds.OfferedTo(db, freshman.GroupId, gender);
        var free = offered.SuitedTo(db, gender).Free(db, office.Now);
        foreach (var word in SearchWords.Of(typed, Separators))
        {
            var pattern = LikePattern.Containing(word);
            free = free.Where(b => EF.Functions.Like(b.Room.Name, pattern, LikePattern.Escape) || EF.Functions.Like(b.Code, pattern, LikePattern.Escape)
                || EF.Functions.Like(b.Room.Building.Name, pattern, LikePattern.Escape) || EF.Functions.Like(b.Room.Building.Code, pattern, LikePattern.Escape)
                || EF.Functions.Like(b.Room.Building.NameEn, pattern, LikePattern.Escape));
        }
        var found = await EntryBeds.Rows(free.OrderBy(b => b.Room.Building.Code).ThenBy(b => b.Room.Floor).ThenBy(b => b.Room.Code.Length)
            .ThenBy(b => b.Room.Code).ThenBy(b => b.Code).ThenBy(b => b.Id).Take(BedsLookedAt)).ToListAsync(ct);
        var claimed = await beds.ClaimedAsync(db, found.ConvertAll(b => b.Id), personId, ct);
        return [.. found.Where(b => !claimed.Contains(b.Id)).Take(BedsShown)];
    }

    /// <summary>How many came today and in all; null while no season is open.</summary>
    public async Task<EntryCounts?> CountsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.OpenSeasonAsync(ct) is null ? null : await db.CountsAsync(office, ct);
    }
}
