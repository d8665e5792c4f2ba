using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>The columns of the export of resident groups.</summary>
internal static class GroupExport
{
    public static IReadOnlyList<ExportColumn<GroupRow>> Columns(IStringLocalizer<RatesText> words) =>
    [
        new(words["Field.Code"], g => g.Code),
        new(words["Field.Name"], g => g.Name.Zh),
        new(words["Field.NameEn"], g => g.Name.En),
        new(words["MembersToday"], g => g.Members, ColumnFormat.Whole),
        new(words["State"], g => words[g.IsRetired ? "Retired" : "InUse"].Value),
    ];
}
