using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Demo;

/// <summary>
/// Sixty cases of the last months with their stories. The same day and people give the same cases. Nobody gets messages of them, and the audit log has
/// no entries.
/// </summary>
internal sealed class DemoVoice(IDbContextFactory<LogisticsDb> databases, OfficeTime office, VoiceWork work)
{
    public const int Count = 60;

    private const int Days = 120, Public = 8, Reporters = 240;

    private const int TitleLength = 24, EnglishTitleLength = 60;

    private sealed record Home(long Person, long Room, long Building, string Words, bool IsEnglish);

    private sealed record Cast(
        IReadOnlyList<Home> Residents, IReadOnlyList<long> Office, long Manager, IReadOnlyList<long> Centres,
        IReadOnlyList<(long Id, long CentreId)> Crews, DemoTexts Texts)
    {
        private readonly IReadOnlyList<Home> _english = [.. Residents.Where(r => r.IsEnglish)];

        public DemoMatter MatterOf(int n) => Texts.Matters[n % Texts.Matters.Count];

        public DemoSaid SaidOf(int n) => MatterOf(n).IsEnglish ? Texts.SaidEn : Texts.Said;

        /// <summary>Somebody who writes the language of the matter; if nobody does, any resident.</summary>
        public Home ReporterOf(int n)
        {
            var among = MatterOf(n).IsEnglish && _english.Count > 0 ? _english : Residents;
            return among[n * 7 % among.Count];
        }
    }

    /// <summary>Loads them once, where there are no cases and the demo's people are there.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var texts = await Seeds.ReadAsync<DemoTexts>("demo-voice.json", ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.VoiceCases.AnyAsync(token) || await CastAsync(db, texts, token) is not { } cast) return;
            var times = await work.TimesAsync(db, token);
            var now = office.Now;
            List<VoiceCase> cases = [];
            foreach (var n in Enumerable.Range(0, Count))
            {
                var sent = await SendAsync(db, cast, n, SentAt(n, now), token);
                Tell(sent, cast, n, times, now);
                sent.ApplyElapsedTime(times, now);
                sent.Recalculate(times, now);
                db.VoiceCases.Add(sent);
                db.VoiceReporters.Add(new VoiceReporter(sent, cast.ReporterOf(n).Person));
                cases.Add(sent);
            }
            await db.SaveChangesAsync(token);
            Group(cases, cast, times, now);
            foreach (var (sent, n) in cases.Where(c => c is { State: VoiceState.Closed, IsSolved: true, LeadId: null }).Take(Public).Select((c, n) => (c, n)))
                await PublishAsync(db, sent, cast, n, token);
        }, ct);
    }

    /// <summary>Spread over the last months; the latest three days ago to an hour ago.</summary>
    private static DateTimeOffset SentAt(int n, DateTimeOffset now)
    {
        var recent = Count - n;
        if (recent is > 6 and <= 10) return now.AddDays(3 - recent);
        return recent <= 6 ? now.AddHours(-recent * 9 + 8) : now.AddDays(-(double)Days * recent / Count).AddMinutes(37 * (n % 11));
    }

    private async Task<VoiceCase> SendAsync(LogisticsDb db, Cast cast, int n, DateTimeOffset at, CancellationToken ct)
    {
        var (matter, home) = (cast.MatterOf(n), cast.ReporterOf(n));
        var isAnonymous = n % 4 == 1 && matter.Kind != VoiceKind.Praise;
        var crew = n % 3 == 0 && cast.Crews.Count > 0 ? cast.Crews[n % cast.Crews.Count] : ((long Id, long CentreId)?)null;
        return VoiceCase.Submit(await db.NextNumberAsync(VoiceLimits.Series, office.DayOf(at), ct), new VoiceReport(matter.Kind, matter.Text, isAnonymous)
        {
            CentreId = crew?.CentreId ?? (n % 3 == 1 && cast.Centres.Count > 0 ? cast.Centres[n % cast.Centres.Count] : null),
            CrewId = crew?.Id,
            BuildingId = n % 5 == 4 ? null : home.Building,
            RoomId = isAnonymous || n % 5 != 0 ? null : home.Room,
            PlaceWords = n % 5 == 4 ? "" : home.Words,
        }, at);
    }

    /// <summary>What happened to it, by its place among the sixty; nothing happens later than now.</summary>
    private static void Tell(VoiceCase sent, Cast cast, int n, VoiceTimes times, DateTimeOffset now)
    {
        var (matter, said, me, at) = (cast.MatterOf(n), cast.SaidOf(n), cast.Office[n % cast.Office.Count], sent.SubmittedAt);
        sent.Recalculate(times, at);
        // The newest wait, or are under work.
        if (n >= Count - 3) return;
        var isLate = n % 13 == 5;
        if (isLate && sent.AnswerDueAt <= now) sent.BecomeLate(ClockKind.Response, sent.AnswerDueAt);
        if (!Do(isLate ? 30 : 1 + n % 9, t => sent.Take(me, t))) return;
        if (!Do(1 + n % 3, t => sent.Reply(me, matter.First, t))) return;
        if (n >= Count - 6) return;
        if (n % 6 == 2 && !Do(3, t => sent.WriteNote(me, said.Note, t))) return;
        if (n % 15 == 7)
        {
            Do(10, t => sent.Withdraw(said.Withdraw, t));
            return;
        }
        if (n % 10 == 4 && !Do(6, t => sent.Add(said.Add, t))) return;
        if (!Do(20 + n % 40, t => sent.Settle(me, matter.Done, t))) return;
        // Those of the last week wait for what the reporter says.
        if (n >= Count - 10) return;
        switch (n % 12)
        {
            case 3:
                if (!Do(12, t => sent.Reopen(said.Reopen, t)) || !Do(30, t => sent.Settle(me, said.Again + matter.Done, t))) return;
                if (Do(10, t => sent.Solve(t))) Do(1, t => sent.Rate(Satisfaction.Fair, t));
                return;
            case 9:
                if (!Do(8, t => sent.Appeal(said.Appeal, t))) return;
                if (Do(48, t => sent.Decide(cast.Manager, n % 24 == 9, said.Decide, t)))
                    Do(2, t => sent.Rate(n % 24 == 9 ? Satisfaction.Satisfied : Satisfaction.Dissatisfied, t));
                return;
            case 6:
                Do(VoiceLimits.AnswerDays * 24, t => sent.Close(t));
                return;
            default:
                if (Do(5 + n % 30, t => sent.Solve(t))) Do(1, t => sent.Rate(n % 11 == 0 ? Satisfaction.Fair : Satisfaction.Satisfied, t));
                return;
        }

        bool Do(int hours, Action<DateTimeOffset> verb)
        {
            var then = at.AddHours(hours);
            if (then > now) return false;
            verb(at = then);
            sent.Recalculate(times, then);
            return true;
        }
    }

    /// <summary>Three of the newest are the same matter.</summary>
    private static void Group(List<VoiceCase> cases, Cast cast, VoiceTimes times, DateTimeOffset now)
    {
        var open = cases.Where(c => c.State.Allows(VoiceVerb.Group)).ToList();
        if (open.Count < 3) return;
        foreach (var member in open[^2..])
        {
            member.Group(cast.Office[0], open[^3], now);
            member.Recalculate(times, now);
        }
    }

    private async Task PublishAsync(LogisticsDb db, VoiceCase sent, Cast cast, int n, CancellationToken ct)
    {
        var (day, matter) = (office.DayOf(sent.SubmittedAt), cast.Texts.Matters.First(m => m.Text == sent.Text));
        var published = new VoicePublication(sent.Id, sent.Kind, new DateOnly(day.Year, day.Month, 1), null, (sent.EndedAt ?? sent.SubmittedAt).AddHours(3));
        published.Describe(CleanText.Summary(matter.Text, matter.IsEnglish ? EnglishTitleLength : TitleLength), matter.Text, matter.Done);
        db.VoicePublications.Add(published);
        await db.SaveChangesAsync(ct);
        foreach (var home in cast.Residents.Skip(n * 5).Take(3 + n * 4)) db.VoiceSupports.Add(new VoiceSupport(published.Id, home.Person));
    }

    private static async Task<Cast?> CastAsync(LogisticsDb db, DemoTexts texts, CancellationToken ct)
    {
        var (rooms, dispatchers, managers) =
            (db.Set<Room>(), VoiceNotices.Holders(db, [Role.Dispatcher]), VoiceNotices.Holders(db, [Role.Manager]));
        var residents = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.RoomId != null).OrderBy(p => p.Id).Take(Reporters)
            .Join(rooms, p => p.RoomId, r => r.Id, (p, r) =>
                new { p.Id, Room = r.Id, r.BuildingId, Words = r.Building.Name + " " + r.Building.NameEn, p.Language })
            .ToListAsync(ct);
        var staff = await dispatchers.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
        var manager = await managers.OrderBy(p => p.Id).Select(p => (long?)p.Id).FirstOrDefaultAsync(ct);
        if (residents.Count < Count / 2 || staff.Count == 0 || manager is not { } decides) return null;
        var crews = await db.Set<Crew>().AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new { c.Id, c.CentreId }).ToListAsync(ct);
        return new Cast(
            [.. residents.OrderBy(r => r.Id).Select(r => new Home(r.Id, r.Room, r.BuildingId, r.Words, r.Language == Languages.English))], staff, decides,
            await db.Set<Centre>().AsNoTracking().Living().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct),
            [.. crews.Select(c => (c.Id, c.CentreId))], texts);
    }
}
