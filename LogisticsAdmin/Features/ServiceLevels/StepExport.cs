using LogisticsAdmin.Features.ServiceLevels.Parts;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>The escalation steps as a file.</summary>
internal static class StepExport
{
    public static IReadOnlyList<ExportColumn<StepRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Clock"], s => words[$"ClockKind.{s.Clock}"].Value),
        new(words["Moment"], s => LevelWords.Moment(words, s.OffsetMinutes)),
        new(words["Field.Audience"], s => words[$"EscalationAudience.{s.Audience}"].Value),
    ];
}
