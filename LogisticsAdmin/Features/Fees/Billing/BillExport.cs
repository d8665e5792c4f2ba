using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>The columns of the list of bills as a file.</summary>
internal static class BillExport
{
    public static IReadOnlyList<ExportColumn<BillRow>> Columns(IStringLocalizer words, IStringLocalizer fees) =>
    [
        new(words["Field.Number"], b => b.Number),
        new(words["Field.Of"], b => b.Of),
        new(words["Field.Kind"], b => b.Fee.ToString()),
        new(words["KindOfBill"], b => fees[$"BillKind.{b.Kind}"].Value),
        new(words["Field.Period"], b => b.Period),
        new(words["Field.Usage"], b => b.Usage),
        new(words["Field.Amount"], b => b.Amount.Yuan, ColumnFormat.Amount),
        new(words["Vacant"], b => b.Vacant.Yuan, ColumnFormat.Amount),
        new(words["BilledOn"], b => b.At, ColumnFormat.Day),
    ];
}
