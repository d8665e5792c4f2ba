using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>The columns of compared lines as a file.</summary>
internal static class ReconciliationExport
{
    public static IReadOnlyList<ExportColumn<LineRow>> Columns(IStringLocalizer words, PaymentGateways gateways) =>
    [
        new(words["Column.Day"], l => l.Day, ColumnFormat.Day),
        new(words["Column.Gateway"], l => gateways.LabelOf(l.Gateway).ToString()),
        new(words["Column.Kind"], l => words[$"GatewayLineKind.{l.Kind}"].Value),
        new(words["Column.State"], l => words[$"LineState.{l.State}"].Value),
        new(words["Column.Trade"], l => l.TradeNumber),
        new(words["Column.Request"], l => l.RequestNumber),
        new(words["Column.Refund"], l => l.RefundNumber),
        new(words["Column.Order"], l => l.Order),
        new(words["Column.At"], l => l.At, ColumnFormat.Moment),
        new(words["Column.There"], l => l.There?.Yuan, ColumnFormat.Amount),
        new(words["Column.Here"], l => l.Here?.Yuan, ColumnFormat.Amount),
        new(words["Column.Settlement"], l => l.IsOpen ? words["Open"].Value : l.Settlement is { } way ? words[$"SettleWay.{way}"].Value : null),
        new(words["Column.SettledAt"], l => l.SettledAt, ColumnFormat.Moment),
        new(words["Column.SettledBy"], l => l.SettledBy),
        new(words["Column.Note"], l => l.Note),
    ];
}
