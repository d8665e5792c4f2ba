using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>The columns of the parts list export, with the names in both languages so that a new list can be made from it.</summary>
internal static class PartExport
{
    public static IReadOnlyList<ExportColumn<PartRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Code"], p => p.Code),
        new(words["Field.Name"], p => p.Name.Zh),
        new(words["Field.NameEn"], p => p.Name.En),
        new(words["Field.Unit"], p => p.Unit.Zh),
        new(words["Field.UnitEn"], p => p.Unit.En),
        new(words["Field.Price"], p => p.Price, ColumnFormat.Amount),
        new(words["PricedAt"], p => p.PricedAt, ColumnFormat.Day),
        new(words["State"], p => words[$"PartState.{p.State}"].Value),
    ];
}
