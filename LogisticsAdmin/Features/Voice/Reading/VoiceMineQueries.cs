using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The signed-in person's own cases, and what the form for a new one offers. Nothing of others.</summary>
public sealed class VoiceMineQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IEnumerable<IComplaintSubject> subjects, KeptReadings kept)
{
    private const int Most = 200, NewsDays = 7;

    /// <summary>The person's cases, the newest first.</summary>
    public async Task<IReadOnlyList<VoiceRow>> ReadAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = Mine(db);
        var rows = await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => mine.Contains(c.Id))).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.SubmittedAt).ThenByDescending(r => r.Id).Take(Most)];
    }

    /// <summary>Those that wait for the person's word, and those that the office answered in the last days.</summary>
    public async Task<IReadOnlyList<VoiceRow>> AnsweredAsync(CancellationToken ct = default)
    {
        // Kept for the person who asks and read for nobody else, so that it tells nobody who reported an anonymous case.
        var me = user.PersonId;
        return await kept.OfAsync(
            "Voice.Answered", me,
            [
                RowsRead.Of<VoiceReporter>(me), RowsRead.All<VoiceCase>(), RowsRead.All<VoiceEvent>(), RowsRead.All<Centre>(), RowsRead.All<Crew>(),
                RowsRead.All<Building>(), RowsRead.All<Room>(), RowsRead.All<Person>(),
            ],
            ReadAnsweredAsync, ct);
    }

    private async Task<IReadOnlyList<VoiceRow>> ReadAnsweredAsync(CancellationToken ct)
    {
        var since = office.Now.AddDays(-NewsDays);
        await using var db = await databases.CreateDbContextAsync(ct);
        var (mine, written) = (Mine(db), db.VoiceEvents);
        var cases = db.VoiceCases.AsNoTracking().Where(c => mine.Contains(c.Id) && (c.State == VoiceState.Settled
            || ((c.State == VoiceState.Answered || c.State == VoiceState.Reopened || (c.State == VoiceState.Decided && c.RatedAt == null))
                && written.Any(e => e.CaseId == c.Id && e.Side == VoiceSide.Office && !e.IsInternal && e.At > since))));
        return [.. (await VoiceRow.From(db, cases).ToListAsync(ct)).OrderBy(r => r.State != VoiceState.Settled).ThenByDescending(r => r.SubmittedAt)];
    }

    /// <summary>One of the person's cases.</summary>
    /// <exception cref="NotFound">There is none, or it is somebody else's, whatever the role.</exception>
    public async Task<VoiceDetail> DetailAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = Mine(db);
        var cases = db.VoiceCases.AsNoTracking().Where(c => c.Id == id && mine.Contains(c.Id));
        var row = await VoiceRow.From(db, cases).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var more = await cases.Select(c => new { c.SubjectKind, c.SubjectKey, c.ExtendedTo, c.AppealedAt }).SingleAsync(ct);
        var verbs = new[] { VoiceVerb.Add, VoiceVerb.Solve, VoiceVerb.Reopen, VoiceVerb.Appeal, VoiceVerb.Rate, VoiceVerb.Withdraw };
        var canAppeal = more.AppealedAt is null && row.SettledAt?.AddDays(VoiceLimits.AppealDays) > office.Now;
        return new VoiceDetail(row, await VoiceTimeline.ReadAsync(db, id, withInternal: false, ct), verbs.Where(v => row.State.Allows(v)
            && (v != VoiceVerb.Reopen || row.Reopenings == 0) && (v != VoiceVerb.Appeal || canAppeal)
            && (v != VoiceVerb.Rate || row.Satisfaction is null)).ToHashSet())
        {
            Subject = more.SubjectKind is { } kind && subjects.FirstOrDefault(s => s.Kind == kind) is { } known
                ? await known.FindAsync(more.SubjectKey ?? "", ct) : null,
            ExtendedTo = more.ExtendedTo,
            CanAppeal = canAppeal,
        };
    }

    /// <summary>To whom a case can be sent, and about which places.</summary>
    public async Task<VoiceFormChoices> ChoicesAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var rooms = db.Set<Room>();
        var own = await db.Users.Where(p => p.Id == me && p.RoomId != null).Join(rooms, p => p.RoomId, r => r.Id, (p, r) =>
            new LocalName(r.Building.Name + " " + r.Name, r.Building.NameEn + " " + r.NameEn)).FirstOrDefaultAsync(ct);
        return new VoiceFormChoices(
            await db.Set<Centre>().AsNoTracking().Living().OrderBy(c => c.Code).Select(c => new VoiceChoice(c.Id, new LocalName(c.Name, c.NameEn)))
                .ToListAsync(ct),
            await db.Set<Crew>().AsNoTracking().Living().OrderBy(c => c.Code).Select(c => new VoiceChoice(c.Id, new LocalName(c.Name, c.NameEn)))
                .ToListAsync(ct),
            await db.Set<Building>().AsNoTracking().Living().OrderBy(b => b.CampusId).ThenBy(b => b.Code)
                .Select(b => new VoiceChoice(b.Id, new LocalName(b.Name, b.NameEn))).ToListAsync(ct), own);
    }

    private IQueryable<long> Mine(LogisticsDb db)
    {
        var me = user.PersonId;
        return db.VoiceReporters.Where(r => r.PersonId == me).Select(r => r.CaseId);
    }
}

/// <summary>What the form for a new case offers. <paramref name="OwnRoom"/> is null for people without one.</summary>
public sealed record VoiceFormChoices(
    IReadOnlyList<VoiceChoice> Centres, IReadOnlyList<VoiceChoice> Crews, IReadOnlyList<VoiceChoice> Buildings, LocalName? OwnRoom);
