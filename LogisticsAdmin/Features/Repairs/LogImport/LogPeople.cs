using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>A cell of a log that names somebody: the title of its column in the file, and what was typed.</summary>
internal readonly record struct NamedCell(string? Title, string? Typed);

/// <summary>
/// The people that a log may name, by user name, number or e-mail, or by a name that only one of them has. Others are kept as text in the
/// timeline, since a guess would give a ticket to the wrong person.
/// </summary>
internal sealed class LogPeople
{
    private const int TitleShown = 40, NameShown = 120;

    private readonly Dictionary<string, long> _bySignInName;
    private readonly Dictionary<string, List<long>> _byFullName;
    private readonly HashSet<long> _technicians;
    private readonly Dictionary<long, long> _crews;

    private LogPeople(
        Dictionary<string, long> bySignInName, Dictionary<string, List<long>> byFullName, HashSet<long> technicians, Dictionary<long, long> crews) =>
        (_bySignInName, _byFullName, _technicians, _crews) = (bySignInName, byFullName, technicians, crews);

    public static async Task<LogPeople> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Living().Select(p => new { p.Id, p.FullName, p.CrewId }).ToListAsync(ct);
        return new LogPeople(
            await db.Set<SignInName>().AsNoTracking().ToDictionaryAsync(n => n.Name, n => n.PersonId, ct),
            people.GroupBy(p => KeyOf(p.FullName)).ToDictionary(g => g.Key, g => g.Select(p => p.Id).ToList()),
            await db.UserRoles.AsNoTracking().Where(r => r.RoleId == (long)Role.Technician).Select(r => r.UserId).ToHashSetAsync(ct),
            people.Where(p => p.CrewId is not null).ToDictionary(p => p.Id, p => p.CrewId!.Value));
    }

    /// <summary>The people of one row, and a warning for each that is not taken. The technician of an open ticket is kept as text only.</summary>
    public (ImportedFacts Facts, IReadOnlyList<RowProblem> Warnings) FactsOf(NamedCell reporter, NamedCell technician, TicketStatus status, int? stars)
    {
        List<RowProblem> warnings = [];
        List<string> unplaced = [];
        var reporterId = Find(reporter, TicketLogImport.Reporter, _ => true);
        var technicianId = Find(technician, TicketLogImport.Technician, _technicians.Contains);
        if (technicianId is not null && !status.IsEnded())
        {
            Keep(technician);
            technicianId = null;
        }
        return (new ImportedFacts
        {
            ReporterId = reporterId,
            TechnicianId = technicianId,
            CrewId = technicianId is { } found && _crews.TryGetValue(found, out var crew) ? crew : null,
            Stars = stars,
            Note = unplaced.Count == 0 ? null : string.Join(" · ", unplaced),
        }, warnings);

        long? Find(NamedCell cell, string column, Func<long, bool> isWanted)
        {
            if (string.IsNullOrWhiteSpace(cell.Typed)) return null;
            var named = _bySignInName.TryGetValue(SignInName.Normalize(cell.Typed), out var one) ? [one]
                : _byFullName.GetValueOrDefault(KeyOf(cell.Typed)) ?? [];
            if (named is [var only] && isWanted(only)) return only;
            var why = named.Count switch { 0 => "Import.UnknownPerson", 1 => "Import.NoTechnician", _ => "Import.NamesakesHere" };
            warnings.Add(new RowProblem(column, typeof(TicketLogText), why, CleanText.Summary(cell.Typed, NameShown), named.Count));
            Keep(cell);
            return null;
        }

        void Keep(NamedCell cell) => unplaced.Add($"{CleanText.Summary(cell.Title ?? "", TitleShown)}: {CleanText.Summary(cell.Typed!, NameShown)}");
    }

    private static string KeyOf(string fullName) => CleanText.ComparisonKey(CleanText.PersonName(fullName));
}
