using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>
/// Imports holidays, make-up days and breaks from a spreadsheet, one per row, identified by kind and first day. For whoever may change the
/// calendar. Limits of open tickets are recalculated, as after any change of the calendar.
/// </summary>
public sealed class CalendarImport : ImportKind
{
    internal const string Kind = "kind", From = "from", To = "to", Title = "name", TitleEn = "name-en";

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<CalendarText>(Kind, CellUse.Choice, 0, "类型", "性质", "安排", "type") with
        {
            Required = true,
            Choices =
            [
                new(nameof(SpanKind.Holiday), LocalName.Of<CalendarText>("SpanKind.Holiday"), "节假日", "放假", "休", "法定节假日"),
                new(nameof(SpanKind.MakeUpWorkday), LocalName.Of<CalendarText>("SpanKind.MakeUpWorkday"), "调休", "补班", "上班", "班", "调休上班"),
                new(nameof(SpanKind.TermBreak), LocalName.Of<CalendarText>("SpanKind.TermBreak"), "寒假", "暑假", "寒暑假", "假期"),
            ],
        },
        ImportColumn.Of<CalendarText>(From, CellUse.Day, 0, "起始日期", "开始", "日期", "起", "date", "start", "first day") with { Required = true },
        ImportColumn.Of<CalendarText>(To, CellUse.Day, 0, "截止日期", "结束", "止", "end", "last day"),
        ImportColumn.Of<CalendarText>(Title, CellUse.Text, CalendarLimits.Name, "节日", "假日名称", "说明", "holiday") with { Required = true },
        ImportColumn.Of<CalendarText>(TitleEn, CellUse.Text, CalendarLimits.Name, "英文名", "name in english"),
    ];

    /// <summary>The kind of its batches, those of iCalendar files included.</summary>
    internal const string BatchKind = "calendar";

    public override string Key => BatchKind;
    public override LocalName Name => LocalName.Of<CalendarText>("Import.Name");
    public override string ResultAddress => "calendar";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.MayEditCalendar();

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct) =>
        new SpanPlan(await db.CalendarSpans.AsNoTracking().ToListAsync(ct), input);

    /// <inheritdoc/>
    /// <remarks>Also of batches that were imported from iCalendar files, which may move and remove spans.</remarks>
    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        var stored = await db.CalendarSpans.ToDictionaryAsync(s => s.Id, ct);
        List<SkippedRow> left = [];
        List<Reversal> undone = [];
        foreach (var entity in entities)
        {
            var span = stored.GetValueOrDefault(entity.Id);
            var was = entity.Before is null ? null : SpanSnapshot.Of(entity.Before);
            // Removed by somebody else, if not by the batch itself.
            if (span is null && was is not { WasRemoved: true }) continue;
            if (span is not null && span.Version != entity.Version)
                left.Add(new SkippedRow(entity.Row, Label(span.Name, span.From), new RowProblem(null, typeof(CalendarText), "Import.TouchedSince")));
            else undone.Add(new Reversal(entity.Row, span, was));
        }
        // A span that can't have its days back stays, and may be in the way of others.
        while (undone.Find(r => r.After is { } after && InTheWay(after) is not null) is { } blocked)
        {
            var (from, name) = (blocked.After!.Value.From, blocked.Was!.Name);
            var other = InTheWay(blocked.After.Value)!;
            left.Add(new SkippedRow(blocked.Row, Label(name, from),
                new RowProblem(null, typeof(CalendarText), "Refusal.OverlapsSpan", other.LocalName, Day(other.From), Day(other.To))));
            undone.Remove(blocked);
        }
        foreach (var (_, span, was) in undone)
        {
            if (was is null) db.CalendarSpans.Remove(span!);
            else if (span is null) db.CalendarSpans.Add(new CalendarSpan(was.From!.Value, was.To, was.Kind!.Value, was.Name, was.NameEn, was.SourceKey));
            else span.Change(was.From ?? span.From, was.To, was.Kind ?? span.Kind, was.Name, was.NameEn);
        }
        db.Announce(new KeyChanged(CalendarService.Topic, 0));
        return left;

        CalendarSpan? InTheWay((SpanKind Kind, DateOnly From, DateOnly To) after) => stored.Values.FirstOrDefault(s =>
            undone.TrueForAll(r => r.Span != s) && s.Kind == after.Kind && s.From <= after.To && after.From <= s.To);
    }

    internal static string Label(string name, DateOnly from) => $"{Day(from)} {name}".Trim();

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One entity of a batch that is undone: the span as it is now, and as it was before the batch; null where it does not exist.</summary>
    private sealed record Reversal(int Row, CalendarSpan? Span, SpanSnapshot? Was)
    {
        public (SpanKind Kind, DateOnly From, DateOnly To)? After =>
            Was is null ? null : (Was.Kind ?? Span!.Kind, Was.From ?? Span!.From, Was.To);
    }

    /// <summary>Spans of one kind must not overlap stored ones or others in the file.</summary>
    private sealed class SpanPlan : ImportPlan
    {
        private readonly List<(RowVerdict Verdict, CalendarSpan Imported, CalendarSpan? Stored)> _rows = [];

        public SpanPlan(IReadOnlyList<CalendarSpan> stored, ImportInput input)
        {
            var reader = new RowReader(All, input.CountsFrom1904);
            var byStart = stored.ToDictionary(s => (s.Kind, s.From));
            var taken = stored.ToList();
            HashSet<(SpanKind, DateOnly)> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                CheckRow(reader, byStart, taken, seen);
                input.Progress(_rows.Count);
            }
        }

        public override IReadOnlyList<RowVerdict> Verdicts => [.. _rows.Select(r => r.Verdict)];

        public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            List<(int Row, CalendarSpan Span, string? Before)> done = [];
            foreach (var (verdict, wanted, stored) in _rows)
            {
                ct.ThrowIfCancellationRequested();
                if (verdict.Outcome == ImportOutcome.New)
                {
                    db.CalendarSpans.Add(wanted);
                    done.Add((verdict.Row, wanted, null));
                }
                else if (verdict.Outcome == ImportOutcome.Changed)
                {
                    var before = SpanSnapshot.Of(stored!).ToJson();
                    db.CalendarSpans.Attach(stored!).Entity.Change(wanted.From, wanted.To, wanted.Kind, wanted.Name, wanted.NameEn);
                    done.Add((verdict.Row, stored!, before));
                }
            }
            await db.SaveChangesAsync(ct);
            progress(done.Count);
            db.Announce(new KeyChanged(CalendarService.Topic, 0));
            return [.. done.Select(d => new ImportedEntity(d.Row, d.Span.Id, d.Before is null, d.Span.Version, d.Before))];
        }

        private void CheckRow(RowReader reader, Dictionary<(SpanKind, DateOnly), CalendarSpan> byStart,
            List<CalendarSpan> taken, HashSet<(SpanKind, DateOnly)> seen)
        {
            var (kind, from, to) = (reader.Choice<SpanKind>(CalendarImport.Kind), reader.Day(CalendarImport.From), reader.Day(CalendarImport.To));
            var (name, nameEn) = (CleanText.Clean(reader.Text(Title)), CleanText.Clean(reader.Text(TitleEn)));
            if (from is { } start)
            {
                to ??= start;
                if (start.Year is < CalendarLimits.FirstYear or > CalendarLimits.LastYear) Note(CalendarImport.From, "Refusal.OutOfYears");
                if (to < start) Note(CalendarImport.To, "Refusal.EndsBeforeStart");
                else if (to.Value.DayNumber - start.DayNumber >= CalendarLimits.SpanDays) Note(CalendarImport.To, "Refusal.TooLong");
            }
            var label = from is { } day ? Label(name, day) : name;
            if (reader.Problems.Count > 0 || kind is null || from is null)
            {
                Refuse();
                return;
            }
            var wanted = new CalendarSpan(from.Value, to!.Value, kind.Value, name, nameEn);
            var stored = byStart.GetValueOrDefault((kind.Value, from.Value));
            if (!seen.Add((kind.Value, from.Value))) Note(CalendarImport.From, "Import.SameSpanTwice");
            else if (taken.Find(s => s != stored && s.Kind == kind && s.From <= to && s.To >= from) is { } other)
                Note(CalendarImport.From, "Refusal.OverlapsSpan", other.LocalName, Day(other.From), Day(other.To));
            if (reader.Problems.Count > 0)
            {
                Refuse();
                return;
            }
            if (stored is not null) taken.Remove(stored);
            taken.Add(wanted);
            if (stored is null)
            {
                _rows.Add((RowVerdict.New(reader.Number, label), wanted, null));
                return;
            }
            if (nameEn.Length == 0) wanted.Change(wanted.From, wanted.To, wanted.Kind, name, stored.NameEn);
            List<FieldChange> changes = [];
            if (stored.To != wanted.To) changes.Add(new FieldChange(CalendarImport.To, Day(stored.To), Day(wanted.To)));
            if (stored.Name != wanted.Name) changes.Add(new FieldChange(Title, stored.Name, wanted.Name));
            if (stored.NameEn != wanted.NameEn) changes.Add(new FieldChange(TitleEn, stored.NameEn, wanted.NameEn));
            _rows.Add((changes.Count == 0 ? RowVerdict.Same(reader.Number, label) : RowVerdict.Changed(reader.Number, label, changes), wanted, stored));

            void Note(string column, string code, params IReadOnlyList<object?> args) =>
                reader.AddProblem(new RowProblem(column, typeof(CalendarText), code, args));

            void Refuse() => _rows.Add((RowVerdict.Rejected(reader.Number, label, [.. reader.Problems]), null!, null));
        }
    }
}
