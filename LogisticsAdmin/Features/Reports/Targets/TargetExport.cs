using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>The columns of the export of targets; shares are in percent, as the unit says.</summary>
internal static class TargetExport
{
    public static IReadOnlyList<ExportColumn<TargetRow>> Columns(IStringLocalizer words, FigureFormat format) =>
    [
        new(words["Figure"], r => r.Figure.Words.Name.ToString()),
        new(words["Owner"], r => r.Owner.Name.ToString()),
        new(words["Target"], r => TargetUnits.Typed(r.Figure, r.Value), ColumnFormat.Amount),
        new(words["Unit"], r => r.Figure.Unit == Registries.FigureUnit.Percent ? "%" : format.Unit(r.Figure, 0)),
        new(words["Field.From"], r => r.From, ColumnFormat.Day),
        new(words["Result"], r => TargetUnits.Typed(r.Figure, r.Result), ColumnFormat.Amount),
        new(words["Deviation"], r => TargetUnits.Typed(r.Figure, r.Result - r.Compared), ColumnFormat.Amount),
        new(words["Before"], r => TargetUnits.Typed(r.Figure, r.Before), ColumnFormat.Amount),
        new(words["State"], r => words[$"TargetState.{r.State}"].Value),
    ];
}
