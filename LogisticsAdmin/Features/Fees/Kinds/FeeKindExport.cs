using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>The columns of the export of kinds.</summary>
internal static class FeeKindExport
{
    public static IReadOnlyList<ExportColumn<FeeKindRow>> Columns(IStringLocalizer<KindsText> words, IStringLocalizer<FeesText> feesWords) =>
    [
        new(words["Field.Code"], k => k.Code),
        new(words["Field.Name"], k => k.Name.Zh),
        new(words["Field.NameEn"], k => k.Name.En),
        new(words["Field.Unit"], k => k.Unit.Zh),
        new(words["Field.UnitEn"], k => k.Unit.En),
        new(words["Field.Measure"], k => feesWords[$"FeeMeasure.{k.Measure}"].Value),
        new(words["Field.Payer"], k => feesWords[$"FeePayer.{k.Payer}"].Value),
        new(words["Field.Cycle"], k => feesWords[$"BillingCycle.{k.Cycle}"].Value),
        new(words["Field.GivesBack"], k => words[k.GivesBack ? "Yes" : "No"].Value),
        new(words["Field.Order"], k => k.Order, ColumnFormat.Whole),
        new(words["State"], k => words[k.IsRetired ? "Retired" : "InUse"].Value),
    ];
}
