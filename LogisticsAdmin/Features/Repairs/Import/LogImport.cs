using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Clocks;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Import;

/// <summary>
/// Brings an existing log of repairs in: all of it or nothing, in one transaction; a row whose source and key are here already is left
/// as it is. Open rows come in as New, numbered in the order and on the day of their submission, and are triaged on the page.
/// </summary>
public sealed class LogImport(IDbContextFactory<LogisticsDb> databases, OfficeTime office, Clockworks clockworks, ILogger<LogImport> log)
{
    /// <summary>Refuses a file or map that can't be used at all; rows that can't are listed in the report, and the others go in.</summary>
    public async Task<ImportReport> ImportAsync(Stream csv, LogMap map, CancellationToken ct = default)
    {
        var file = await LogFile.ReadAsync(csv, map, office.Now, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var report = await db.WriteAsync(async token =>
        {
            var categories = await CategoriesAsync(db, map, token);
            var known = await db.RepairTickets.Where(t => t.Source == map.Source).Select(t => t.SourceKey!).ToHashSetAsync(token);
            var fresh = file.Rows.Where(r => !known.Contains(r.Key)).ToList();
            var (rooms, newPlaces) = await LogPlaces.FindOrCreateAsync(db, fresh.Select(r => r.Place).Distinct(), token);
            var reporters = await ReportersAsync(db, fresh, token);
            var clocks = await clockworks.CurrentAsync(token);
            var numbers = await NumbersAsync(db, fresh, token);
            var now = office.Now;
            using var bulk = new BulkWriter(db);
            bulk.Add(fresh.Select((row, i) => RepairTicket.Import(numbers[i],
                new Report(rooms[row.Place], categories[row.Category], row.Urgency, row.Description, null),
                row.Status, row.SubmittedAt, row.EndedAt, map.Source, row.Key, row.Cost, clocks, now,
                row.Reporter is null ? null : reporters.GetValueOrDefault(SignInName.Normalize(row.Reporter)))), token);
            return new ImportReport
            {
                Source = map.Source,
                Read = file.Read,
                Imported = fresh.Count,
                Open = fresh.Count(r => r.Status == TicketStatus.New),
                AlreadyThere = file.Rows.Count - fresh.Count,
                NewPlaces = newPlaces,
                Rejected = file.Refused,
            };
        }, ct);
        log.LogImported(report.Source, report.Read, report.Imported, report.AlreadyThere, report.Rejected.Count);
        return report;
    }

    private static async Task<Dictionary<string, long>> CategoriesAsync(LogisticsDb db, LogMap map, CancellationToken ct)
    {
        var leaves = await db.Categories.Living().Where(c => c.ParentId != null).ToDictionaryAsync(c => c.Code, c => c.Id, ct);
        foreach (var code in map.Category.Map.Values.Append(map.Category.Default))
            if (!leaves.ContainsKey(code)) throw Rejected.Because<RepairsText>("MapWrong", "category", code);
        return leaves;
    }

    /// <summary>Whom the log names by user name, number or e-mail; a name nobody here has stays without a person.</summary>
    private static async Task<Dictionary<string, long?>> ReportersAsync(LogisticsDb db, List<LogRow> rows, CancellationToken ct)
    {
        if (rows.TrueForAll(r => r.Reporter is null)) return [];
        return await db.Set<SignInName>().ToDictionaryAsync(n => n.Name, n => (long?)n.PersonId, ct);
    }

    /// <summary>The next free numbers of each row's own office day.</summary>
    private async Task<List<string>> NumbersAsync(LogisticsDb db, List<LogRow> rows, CancellationToken ct)
    {
        List<string> numbers = [];
        foreach (var day in rows.GroupBy(r => office.DayOf(r.SubmittedAt)))
        {
            var first = await DayNumbers.TakeAsync(db, RepairIntake.Series, day.Key, day.Count(), ct);
            numbers.AddRange(day.Select((_, i) => DayNumbers.Format(RepairIntake.Series, day.Key, first + i)));
        }
        return numbers;
    }
}
