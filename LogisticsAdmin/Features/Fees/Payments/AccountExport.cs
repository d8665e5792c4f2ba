using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>The columns of the exported accounts and statements.</summary>
internal static class AccountExport
{
    public static IReadOnlyList<ExportColumn<AccountRow>> Accounts(IStringLocalizer words) =>
    [
        new(words["Column.Kind"], a => words[$"LedgerAccountKind.{a.Kind}"].Value),
        new(words["Column.Owner"], a => a.Owner),
        new(words["Column.PersonNumber"], a => a.PersonNumber),
        new(words["Column.Balance"], a => a.Balance.Yuan, ColumnFormat.Amount),
        new(words["Column.Entries"], a => a.Entries, ColumnFormat.Whole),
        new(words["Column.Newest"], a => a.LastEntryAt, ColumnFormat.Moment),
    ];

    public static IReadOnlyList<ExportColumn<StatementRow>> Statement(IStringLocalizer words) =>
    [
        new(words["Column.At"], e => e.At, ColumnFormat.Moment),
        new(words["Column.What"], e => words[$"TransactionKind.{e.Kind}"].Value),
        new(words["Column.Amount"], e => e.Amount.Yuan, ColumnFormat.Amount),
        new(words["Column.Balance"], e => e.Balance.Yuan, ColumnFormat.Amount),
        new(words["Column.Text"], e => e.Text),
        new(words["Column.Reference"], e => e.Reference),
        new(words["Column.By"], e => e.By),
        new(words["Column.ApprovedBy"], e => e.ApprovedBy),
    ];
}
