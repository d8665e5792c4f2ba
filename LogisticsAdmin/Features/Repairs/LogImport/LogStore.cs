using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>Stores the rows of a log as tickets, for both the command and the wizard.</summary>
internal static class LogStore
{
    /// <summary>Keys of the log's rows that were imported before.</summary>
    public static Task<HashSet<string>> KnownAsync(LogisticsDb db, LogMap map, CancellationToken ct) =>
        db.RepairTickets.Where(t => t.Source == map.Source).Select(t => t.SourceKey!).ToHashSetAsync(ct);

    /// <summary>
    /// Stores rows inside a running write, numbered by day and order of submission; missing places are created. Refuses a map with
    /// categories that do not exist here. Returns the tickets in the order of the rows, and how many places were created.
    /// </summary>
    public static async Task<(IReadOnlyList<RepairTicket> Tickets, int NewPlaces)> StoreAsync(
        LogisticsDb db, LogMap map, IReadOnlyList<LogRow> rows, OfficeTime office, ServiceClock clocks, CancellationToken ct)
    {
        var categories = await CategoriesAsync(db, map, ct);
        var (rooms, newPlaces) = await LogPlaces.FindOrCreateAsync(db, rows.Select(r => r.Place).Distinct(), ct);
        var people = await LogPeople.ReadAsync(db, ct);
        var numbers = await NumbersAsync(db, rows, office, ct);
        var now = office.Now;
        List<RepairTicket> tickets = [.. rows.Select((row, i) => RepairTicket.Import(numbers[i],
            new Report(rooms[row.Place], categories[row.Category], row.Urgency, row.Description, null),
            row.Status, row.SubmittedAt, row.EndedAt, map.Source, row.Key, row.Cost, clocks, now,
            FactsOf(people, map, row).Facts))];
        using var bulk = new BulkWriter(db);
        bulk.Add(tickets, ct);
        await RepeatMarks.AfterAddAsync(db, bulk, tickets, ct);
        return (tickets, newPlaces);
    }

    /// <summary>The leaf categories by code. Refuses a map that names any other.</summary>
    public static async Task<Dictionary<string, long>> CategoriesAsync(LogisticsDb db, LogMap map, CancellationToken ct)
    {
        var leaves = await db.Categories.Living().Where(c => c.ParentId != null).ToDictionaryAsync(c => c.Code, c => c.Id, ct);
        foreach (var code in map.Category.Map.Values.Append(map.Category.Default))
            if (!leaves.ContainsKey(code)) throw Rejected.Because<LogMapText>("MapWrong", "category", code);
        return leaves;
    }

    /// <summary>The people of a row, and warnings about those who are not known here.</summary>
    public static (ImportedFacts Facts, IReadOnlyList<RowProblem> Warnings) FactsOf(LogPeople people, LogMap map, LogRow row) => people.FactsOf(
        new NamedCell(map.Reporter?.Column, row.Reporter), new NamedCell(map.Technician?.Column, row.Technician), row.Status, row.Stars);

    /// <summary>The next free ticket numbers, each on the office day of its row.</summary>
    private static async Task<List<string>> NumbersAsync(LogisticsDb db, IReadOnlyList<LogRow> rows, OfficeTime office, CancellationToken ct)
    {
        List<string> numbers = [];
        foreach (var day in rows.GroupBy(r => office.DayOf(r.SubmittedAt)))
        {
            var first = await db.TakeNumbersAsync(RepairTicket.Series, day.Key, day.Count(), ct);
            numbers.AddRange(day.Select((_, i) => DayNumbers.Format(RepairTicket.Series, day.Key, first + i)));
        }
        return numbers;
    }
}
