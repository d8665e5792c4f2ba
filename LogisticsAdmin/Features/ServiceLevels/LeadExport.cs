using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>The crews with their leads as a file.</summary>
internal static class LeadExport
{
    public static IReadOnlyList<ExportColumn<CrewLeadRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Crew"], c => c.Crew.ToString()),
        new(words["EscalationAudience.CrewLead"], c => c.Technicians.Where(t => t.Id == c.LeadId).Select(t => t.FullName).FirstOrDefault()),
    ];
}
