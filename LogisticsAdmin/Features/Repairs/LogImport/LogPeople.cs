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
/// The people that a log may name, by user name, number or e-mail, or by a name that only one of them has. Other names are kept as text,
/// since a guess would give a ticket to the wrong person.
/// </summary>
internal sealed class LogPeople
{
    private const int TitleShown = 40;

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
        var reporterId = Find(reporter, TicketLogImport.Reporter, _ => true);
        var technicianId = Find(technician, TicketLogImport.Technician, _technicians.Contains);
        if (technicianId is not null && !status.IsEnded()) technicianId = null;
        return (new ImportedFacts
        {
            ReporterId = reporterId,
            ReporterName = reporterId is null ? Shown(reporter.Typed) : null,
            TechnicianId = technicianId,
            CrewId = technicianId is { } found && _crews.TryGetValue(found, out var crew) ? crew : null,
            Stars = stars,
            Note = technicianId is null && Shown(technician.Typed) is { } name ? $"{CleanText.Summary(technician.Title ?? "", TitleShown)}: {name}" : null,
        }, warnings);

        long? Find(NamedCell cell, string column, Func<long, bool> isWanted)
        {
            if (string.IsNullOrWhiteSpace(cell.Typed)) return null;
            var named = _bySignInName.TryGetValue(SignInName.Normalize(cell.Typed), out var one) ? [one]
                : _byFullName.GetValueOrDefault(KeyOf(cell.Typed)) ?? [];
            if (named is [var only] && isWanted(only)) return only;
            var why = named.Count switch { 0 => "Import.UnknownPerson", 1 => "Import.NoTechnician", _ => "Import.NamesakesHere" };
            warnings.Add(new RowProblem(column, typeof(TicketLogText), why, Shown(cell.Typed), named.Count));
            return null;
        }

        static string? Shown(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : CleanText.Summary(typed, RepairLimits.ContactName);
    }

    private static string KeyOf(string fullName) => CleanText.ComparisonKey(CleanText.PersonName(fullName));
}
