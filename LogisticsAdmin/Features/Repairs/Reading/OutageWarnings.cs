using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>What the report forms and tickets say about planned outages.</summary>
public sealed class OutageWarnings(IPlannedOutages outages, OfficeTime office, IStringLocalizer<ReadingText> words)
{
    /// <summary>The outages that a report may be about: now or within a day, in the buildings and categories that can be chosen.</summary>
    public async Task<IReadOnlyList<OutageWarning>> ReadAsync(RepairChoices choices, CancellationToken ct = default)
    {
        var upcoming = await outages.UpcomingAsync(OutageTrades.Ahead, ct);
        if (upcoming.Count == 0) return [];
        var codes = choices.Categories.ToDictionary(c => c.Id, c => c.Code);
        List<OutageWarning> warnings = [];
        foreach (var outage in upcoming)
        {
            var explained = choices.Categories.Where(c => c.ParentId is { } group && OutageTrades.Explains(outage.Kind, c.Code, codes.GetValueOrDefault(group)))
                .Select(c => c.Id).ToHashSet();
            if (explained.Count == 0) continue;
            warnings.AddRange(choices.Buildings.Where(b => outage.Buildings.Contains(b.Id)).Select(b => new OutageWarning(outage, b.Id, b.Name, explained)));
        }
        return warnings;
    }

    /// <summary>For example 竹园1号楼 计划停水：08:00–14:00，预计 14:00 恢复.</summary>
    public string Sentence(OutageWarning warning) =>
        words["Outage.Warning", warning.Building, warning.Outage.What, Span(warning.Outage), Until(warning.Outage)];

    /// <summary>For example 计划停水 08:00–14:00.</summary>
    public string Mark(AnnouncedOutage outage) => words["Outage.Of", outage.What, Span(outage)];

    private string Span(AnnouncedOutage outage) => $"{office.Show(outage.From)}–{Until(outage)}";

    /// <summary>The time alone where it ends on the day on which it begins.</summary>
    private string Until(AnnouncedOutage outage) => office.DayOf(outage.From) == office.DayOf(outage.Until)
        ? office.Local(outage.Until).ToString("HH:mm", CultureInfo.InvariantCulture) : office.Show(outage.Until);
}
