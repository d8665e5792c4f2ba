using LogisticsAdmin.Data;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>
/// Compares the events of a file with the stored spans; preview and import use the same plan. An event matches by its key, or because a span
/// of the same kind and days exists. Nothing is removed but, if wished, what was imported and is cancelled by the file.
/// </summary>
internal sealed class IcalPlan
{
    /// <summary>The reason of a line whose event was imported before and is cancelled by the file.</summary>
    public const string Removable = "CancelledImported", Removed = "CancelledRemoved";

    private readonly List<(IcalEvent Event, CalendarSpan? Stored, ImportOutcome Outcome)> _steps = [];
    private readonly List<ImportLine> _lines = [];

    public IcalPlan(IReadOnlyList<CalendarSpan> stored, IReadOnlyList<IcalEvent> events, bool removesCancelled)
    {
        var byKey = stored.Where(s => s.SourceKey is not null).ToDictionary(s => s.SourceKey!);
        var comes = events.Where(e => e.Problem is null).Select(e => e.Key).ToHashSet();
        // New events must not overlap the spans that the file does not change, nor each other.
        var goes = removesCancelled ? events.Where(e => e.IsCancelled).Select(e => e.Key).ToHashSet() : [];
        var taken = stored.Where(s => s.SourceKey is null || (!comes.Contains(s.SourceKey) && !goes.Contains(s.SourceKey)))
            .Select(s => (s.Kind, s.From, s.To, s.Name)).ToList();
        HashSet<string> seen = [];
        foreach (var one in events)
        {
            if (one.IsCancelled && byKey.TryGetValue(one.Key, out var cancelled))
            {
                var shown = one with { Name = cancelled.Name, From = cancelled.From, To = cancelled.To, Kind = cancelled.Kind };
                if (removesCancelled) Add(shown, cancelled, ImportOutcome.Changed, Removed);
                else Add(shown, null, ImportOutcome.Rejected, Removable);
                continue;
            }
            if (one.Problem is not null)
            {
                Add(one, null, ImportOutcome.Rejected, one.Problem);
                continue;
            }
            var (kind, from, to) = (one.Kind!.Value, one.From!.Value, one.To!.Value);
            if (!seen.Add(one.Key))
            {
                Add(one, null, ImportOutcome.Rejected, "SameKeyTwice");
                continue;
            }
            var known = byKey.GetValueOrDefault(one.Key);
            if (known is null && stored.Any(s => s.Kind == kind && s.From == from && s.To == to && taken.Contains((s.Kind, s.From, s.To, s.Name))))
            {
                Add(one, null, ImportOutcome.Same);
                continue;
            }
            if (taken.FirstOrDefault(t => t.Kind == kind && t.From <= to && from <= t.To) is { Name: { } other })
            {
                Add(one, null, ImportOutcome.Rejected, "Overlaps", other);
                continue;
            }
            taken.Add((kind, from, to, one.Name));
            Add(one, known, known is null ? ImportOutcome.New
                : (known.Kind, known.From, known.To, known.Name) == (kind, from, to, one.Name) ? ImportOutcome.Same : ImportOutcome.Changed);
        }
    }

    public ImportReport Report => new(_lines);

    /// <summary>The lines as rows of a batch, numbered in the order of the file.</summary>
    public IReadOnlyList<RowVerdict> Rows =>
    [
        .. _lines.Select((line, i) => new RowVerdict(i + 1, line.From is { } from ? CalendarImport.Label(line.Name, from) : line.Name, line.Outcome, [],
            line.Reason is null ? [] : [new RowProblem(null, typeof(CalendarText), $"Refusal.{line.Reason}", line.With ?? "")])),
    ];

    /// <summary>Adds, changes and removes the spans, and returns what was stored, so that it can be undone.</summary>
    public async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, CancellationToken ct)
    {
        List<(int Row, CalendarSpan Span, SpanSnapshot? Before)> done = [];
        foreach (var (i, (one, stored, outcome)) in _steps.Index())
        {
            if (outcome == ImportOutcome.New)
            {
                var added = new CalendarSpan(one.From!.Value, one.To!.Value, one.Kind!.Value, one.Name, "", one.Key);
                db.CalendarSpans.Add(added);
                done.Add((i + 1, added, null));
            }
            else if (outcome == ImportOutcome.Changed)
            {
                done.Add((i + 1, stored!, SpanSnapshot.Of(stored!) with { WasRemoved = one.IsCancelled }));
                if (one.IsCancelled) db.CalendarSpans.Remove(stored!);
                else stored!.Change(one.From!.Value, one.To!.Value, one.Kind!.Value, one.Name, stored.NameEn);
            }
        }
        await db.SaveChangesAsync(ct);
        return [.. done.Select(d => new ImportedEntity(d.Row, d.Span.Id, d.Before is null, d.Span.Version, d.Before?.ToJson()))];
    }

    private void Add(IcalEvent one, CalendarSpan? stored, ImportOutcome outcome, string? reason = null, string? with = null)
    {
        _steps.Add((one, stored, outcome));
        _lines.Add(new ImportLine(outcome, one.Name, one.From, one.To, one.Kind, reason, with));
    }
}
