using System.Globalization;
using System.Text.Json;
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

    public override string Key => "calendar";
    public override LocalName Name => LocalName.Of<CalendarText>("Import.Name");
    public override string ResultAddress => "/calendar";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.MayEditCalendar();

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct) =>
        new SpanPlan(await db.CalendarSpans.AsNoTracking().ToListAsync(ct), input);

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        List<SkippedRow> left = [];
        foreach (var entity in entities)
        {
            // Already removed by somebody else.
            if (await db.CalendarSpans.FirstOrDefaultAsync(s => s.Id == entity.Id, ct) is not { } span) continue;
            if (span.Version != entity.Version)
            {
                left.Add(new SkippedRow(entity.Row, SpanPlan.Label(span.Name, span.From), new RowProblem(null, typeof(CalendarText), "Import.TouchedSince")));
                continue;
            }
            if (entity.IsNew) db.CalendarSpans.Remove(span);
            else if (JsonSerializer.Deserialize<SpanSnapshot>(entity.Before!) is { } was) span.Change(span.From, was.To, span.Kind, was.Name, was.NameEn);
        }
        db.Announce(new KeyChanged(CalendarService.Topic, 0));
        return left;
    }

    private sealed record SpanSnapshot(DateOnly To, string Name, string NameEn);

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

        public static string Label(string name, DateOnly from) => $"{Day(from)} {name}".Trim();

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
                    var before = JsonSerializer.Serialize(new SpanSnapshot(stored!.To, stored.Name, stored.NameEn));
                    db.CalendarSpans.Attach(stored).Entity.Change(wanted.From, wanted.To, wanted.Kind, wanted.Name, wanted.NameEn);
                    done.Add((verdict.Row, stored, before));
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

        private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
