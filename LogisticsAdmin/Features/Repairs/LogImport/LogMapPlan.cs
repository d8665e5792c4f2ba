using LogisticsAdmin.Data;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// The preview of importing a log by a mapping. Text cells are parsed with the mapping's date formats; a cell that holds a date is used
/// as it is.
/// </summary>
internal sealed class LogMapPlan(LogMap map, OfficeTime office, ServiceClockCache clockCache) : ImportPlan
{
    private readonly List<RowVerdict> _verdicts = [];
    private List<LogRow> _fresh = [];

    public override IReadOnlyList<RowVerdict> Verdicts => _verdicts;

    /// <summary>Refuses a mapping with columns that the file lacks, or with categories that do not exist here.</summary>
    public async Task<LogMapPlan> CheckRowsAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var missing = map.Columns.Where(c => !input.Positions.ContainsKey(c)).ToList();
        if (missing.Count > 0) throw Rejected.Because<LogMapText>("ColumnsMissing", string.Join(", ", missing));
        await LogStore.CategoriesAsync(db, map, ct);
        var places = await LogPlaces.KnownAsync(db, ct);
        var known = await LogStore.KnownAsync(db, map, ct);
        var people = await LogPeople.ReadAsync(db, ct);
        var reader = new LogReader(map, input.Positions, input.Headers, office.Now);
        Dictionary<string, int> keys = [];
        List<LogDraft> drafts = [];
        foreach (var row in input.Rows)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                if (row.IsShifted || row.Cells.Skip(input.Headers).Any(c => !c.IsEmpty)) throw new LogRowRefused("FieldCount", row.Fields, input.Headers);
                var draft = reader.Read(row.Cells, row.Number, row.Ordinal);
                if (!keys.TryAdd(draft.Row.Key, row.Number)) throw new LogRowRefused("DuplicateKey", draft.Row.Key, keys[draft.Row.Key]);
                drafts.Add(draft);
                var label = $"{draft.Row.Key} {CleanText.Summary(draft.Row.Description, 30)}";
                if (!places.Contains(LogPlaces.KeyOf(draft.Row.Place)))
                    label += $" · + {new LocalName(draft.Row.Place.Building.Name, draft.Row.Place.Building.NameEn)}";
                _verdicts.Add(known.Contains(draft.Row.Key)
                    ? RowVerdict.Same(row.Number, label)
                    : RowVerdict.New(row.Number, label, LogStore.FactsOf(people, map, draft.Row).Warnings));
            }
            catch (LogRowRefused why)
            {
                _verdicts.Add(RowVerdict.Rejected(row.Number, "", [new RowProblem(null, typeof(LogMapText), $"Import.{why.Code}", why.Args)]));
            }
            input.Progress(_verdicts.Count);
        }
        _fresh = [.. LogFile.Settle(drafts, map).Where(r => !known.Contains(r.Key))];
        return this;
    }

    public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
    {
        var (tickets, _) = await LogStore.StoreAsync(db, map, _fresh, office, await clockCache.CurrentAsync(ct), ct);
        progress(tickets.Count);
        return [.. tickets.Select((t, i) => new ImportedEntity(_fresh[i].Line, t.Id, IsNew: true, t.Version, null))];
    }
}
