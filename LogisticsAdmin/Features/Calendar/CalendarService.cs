using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>
/// The office calendar. Office staff may read it, managers and administrators may change it. Each change is announced as <see cref="Topic"/>.
/// Spans of one kind never overlap; where different kinds overlap, a make-up day takes precedence over a holiday, and a holiday over a break.
/// </summary>
public sealed class CalendarService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IImportBatches batches, ILogger<CalendarService> log)
{
    public const string Topic = "calendar";

    private static readonly SpanFormValidator SpanRules = new();
    private static readonly SlotsFormValidator SlotRules = new();
    private static readonly CalendarImportFormValidator ImportRules = new();

    /// <summary>All days of a year, the spans that overlap it and the weekly pattern.</summary>
    public async Task<CalendarYear> ReadAsync(int year, CancellationToken ct = default)
    {
        user.Actor.DemandCalendar();
        if (year is < CalendarLimits.FirstYear or > CalendarLimits.LastYear) throw new NotFound();
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        await using var db = await databases.CreateDbContextAsync(ct);
        var slots = await db.OfficeSlots.AsNoTracking().ToListAsync(ct);
        var spans = await db.CalendarSpans.AsNoTracking().Where(s => s.From <= last && s.To >= first).OrderBy(s => s.From).ThenBy(s => s.Kind).ToListAsync(ct);
        var (week, rows) = (new OfficeWeek(slots, spans), spans.ToDictionary(s => s.Id, Row));
        var days = Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1).Select(n => DayOf(DateOnly.FromDayNumber(n), week, rows));
        return new CalendarYear(year, [.. days], [.. rows.Values],
            [.. from season in Enum.GetValues<Season>() from day in OfficeWeek.MondayFirst select new WeekdaySlots(season, day, TimesOf(slots, season, day))]);
    }

    /// <summary>
    /// Replaces the slots of a weekday in a season, and of the other weekdays the form names. Throws Stale if the weekday's slots changed
    /// since the form was opened, and Rejected if the term would have no slots left.
    /// </summary>
    public Task SaveSlotsAsync(SlotsForm form, CancellationToken ct = default)
    {
        SlotRules.Demand(form);
        return WriteAsync("slots set", async (db, token) =>
        {
            var stored = await db.OfficeSlots.Where(s => s.Season == form.Season).ToListAsync(token);
            if (!TimesOf(stored, form.Season, form.Day).SequenceEqual(form.ExpectedSlots)) throw new Stale(null, null);
            List<DayOfWeek> days = [form.Day, .. form.AlsoOn.Where(d => d != form.Day).Distinct()];
            if (form is { Season: Season.Term, Slots.Count: 0 } && stored.All(s => days.Contains(s.DayOfWeek)))
                throw Rejected.At<CalendarText>(nameof(SlotsForm.Slots), "LastSlots");
            foreach (var day in days)
            {
                var old = stored.Where(s => s.DayOfWeek == day).ToList();
                db.OfficeSlots.RemoveRange(old.Where(s => !form.Slots.Contains(new SlotTimes(s.From, s.To))));
                var added = form.Slots.Where(t => !old.Any(s => s.From == t.From && s.To == t.To));
                db.OfficeSlots.AddRange(added.Select(t => new OfficeSlot(form.Season, day, t.From, t.To)));
            }
            return true;
        }, ct);
    }

    /// <summary>Adds a holiday, make-up day or break. Refuses one that overlaps another of its kind.</summary>
    public Task<long> AddSpanAsync(SpanForm form, CancellationToken ct = default)
    {
        SpanRules.Demand(form);
        return WriteAsync("span added", async (db, token) =>
        {
            await DemandRoomAsync(db, 0, form, token);
            var span = new CalendarSpan(form.From!.Value, form.Last, form.Kind, form.Name!, form.NameEn ?? "");
            db.CalendarSpans.Add(span);
            await db.SaveChangesAsync(token);
            return span.Id;
        }, ct);
    }

    /// <summary>Changes a span. Throws Stale if it changed since the form was opened.</summary>
    public Task ChangeSpanAsync(long id, SpanForm form, CancellationToken ct = default)
    {
        SpanRules.Demand(form);
        return WriteAsync("span changed", async (db, token) =>
        {
            var span = await FindAsync(db, id, form.Version, token);
            await DemandRoomAsync(db, id, form, token);
            span.Change(form.From!.Value, form.Last, form.Kind, form.Name!, form.NameEn ?? "");
            return true;
        }, ct);
    }

    /// <summary>The effect of removing a span: on how many of its days the office is open now, and on how many afterwards.</summary>
    public async Task<SpanRemoval> PreviewRemovalAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandCalendarEditing();
        await using var db = await databases.CreateDbContextAsync(ct);
        var span = await db.CalendarSpans.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        var slots = await db.OfficeSlots.AsNoTracking().ToListAsync(ct);
        var spans = await db.CalendarSpans.AsNoTracking().Where(s => s.From <= span.To && s.To >= span.From).ToListAsync(ct);
        int Open(IEnumerable<CalendarSpan> of)
        {
            var week = new OfficeWeek(slots, of);
            return Enumerable.Range(span.From.DayNumber, span.To.DayNumber - span.From.DayNumber + 1).Count(n => week.On(DateOnly.FromDayNumber(n)).Any());
        }
        return new SpanRemoval(Row(span), Open(spans), Open(spans.Where(s => s.Id != id)));
    }

    /// <summary>Removes a span if it still has the version that was shown; the audit trail keeps its values.</summary>
    public Task RemoveSpanAsync(long id, long version, CancellationToken ct = default) => WriteAsync("span removed", async (db, token) =>
    {
        db.CalendarSpans.Remove(await FindAsync(db, id, version, token));
        return true;
    }, ct);

    /// <summary>Previews, line by line, what <see cref="ImportAsync"/> would do with the file now; changes nothing.</summary>
    public async Task<ImportReport> PreviewImportAsync(CalendarImportForm form, CancellationToken ct = default)
    {
        user.Actor.DemandCalendarEditing();
        var events = Events(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        return new IcalPlan(await db.CalendarSpans.AsNoTracking().ToListAsync(ct), events, form.RemoveCancelled).Report;
    }

    /// <summary>
    /// Adds and changes spans from the file, identified by each event's UID. Removes nothing but, if the form says so, what the file cancels;
    /// importing the same file twice changes nothing. What changes something is a batch in the list of imports, where it can be undone.
    /// </summary>
    public async Task<ImportReport> ImportAsync(CalendarImportForm form, CancellationToken ct = default)
    {
        user.Actor.DemandCalendarEditing();
        var events = Events(form);
        return await WriteAsync("imported", async (db, token) =>
        {
            var plan = new IcalPlan(await db.CalendarSpans.ToListAsync(token), events, form.RemoveCancelled);
            if (plan.Report.Count(ImportOutcome.New) + plan.Report.Count(ImportOutcome.Changed) == 0) return plan.Report;
            var batch = await batches.AddAsync(db, CalendarImport.BatchKind, form.FileName, plan.Rows, token);
            batches.AddChanges(db, batch, await plan.ApplyAsync(db, token), token);
            return plan.Report;
        }, ct);
    }

    private IReadOnlyList<IcalEvent> Events(CalendarImportForm form)
    {
        ImportRules.Demand(form);
        return IcalFile.Read(form.File!, form.Otherwise, office.Today, office.Zone);
    }

    private async Task<T> WriteAsync<T>(string what, Func<LogisticsDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        user.Actor.DemandCalendarEditing();
        await using var db = await databases.CreateDbContextAsync(ct);
        var result = await db.WriteAsync(async token =>
        {
            user.Actor.DemandCalendarEditing();
            var done = await work(db, token);
            db.Announce(new KeyChanged(Topic, 0));
            return done;
        }, ct);
        log.CalendarChanged(what, user.ActorOrNull?.PersonId);
        return result;
    }

    private static async Task<CalendarSpan> FindAsync(LogisticsDb db, long id, long version, CancellationToken ct)
    {
        var span = await db.CalendarSpans.FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
        if (span.Version == version) return span;
        throw new Stale(await db.LastChangedByAsync<CalendarSpan>(id, ct), span.LocalName.ToString());
    }

    private static async Task DemandRoomAsync(LogisticsDb db, long id, SpanForm form, CancellationToken ct)
    {
        var (from, to) = (form.From!.Value, form.Last);
        var other = await db.CalendarSpans.AsNoTracking().FirstOrDefaultAsync(s => s.Id != id && s.Kind == form.Kind && s.From <= to && s.To >= from, ct);
        if (other is null) return;
        throw Rejected.At<CalendarText>(nameof(SpanForm.From), "OverlapsSpan", other.LocalName,
            other.From.ToString("yyyy-MM-dd", null), other.To.ToString("yyyy-MM-dd", null));
    }

    private static CalendarDay DayOf(DateOnly day, OfficeWeek week, Dictionary<long, SpanRow> rows)
    {
        var span = week.SpanOf(day);
        IReadOnlyList<SlotTimes> hours =
        [
            .. week.On(day).Select(s => new SlotTimes(new TimeOnly(s.From), s.To == TimeSpan.TicksPerDay ? TimeOnly.MinValue : new TimeOnly(s.To))),
        ];
        var state = span?.Kind switch
        {
            SpanKind.Holiday => DayState.Holiday,
            SpanKind.MakeUpWorkday => DayState.MakeUpWorkday,
            SpanKind.TermBreak => DayState.TermBreak,
            _ => hours.Count > 0 ? DayState.Working : DayState.Closed,
        };
        return new CalendarDay(day, state, span is null ? null : rows[span.Id], hours);
    }

    private static IReadOnlyList<SlotTimes> TimesOf(IEnumerable<OfficeSlot> slots, Season season, DayOfWeek day) =>
        [.. slots.Where(s => s.Season == season && s.DayOfWeek == day).OrderBy(s => s.From).Select(s => new SlotTimes(s.From, s.To))];

    private static SpanRow Row(CalendarSpan s) => new(s.Id, s.Version, s.Kind, s.From, s.To, s.Name, s.NameEn, s.SourceKey is not null);
}
