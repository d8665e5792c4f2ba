using System.Globalization;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>对账单 of a day on paper: counts and sums of both sides, every difference and how it was settled, and the seal of the ledger.</summary>
public sealed class ReconciliationDocument(
    ReconciliationQueries queries, PaymentGateways gateways, OfficeTime time, IOfficeCard card, IStringLocalizer<ReconciliationText> words)
{
    /// <summary>More differences are in the file of the list.</summary>
    private const int MostDifferences = 500;

    /// <exception cref="NotFound">There is no such day, or the reader is none of the office.</exception>
    public async Task<Document> ReadAsync(long id, CancellationToken ct = default)
    {
        var day = await queries.DayAsync(id, ct);
        List<LineRow> differences = [];
        foreach (var state in new[] { LineState.MissingHere, LineState.MissingThere, LineState.Different })
        {
            await foreach (var line in queries.AllAsync(id, new LineFilter { State = state }, ct))
                if (differences.Count < MostDifferences) differences.Add(line);
        }
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? words["Document.Office"];
        List<Block> blocks =
        [
            new Heading(1, words["Document.Sums"]),
            new Table("", null,
                [new(words["Column.State"], Weight: 2), Number("Column.Count"), Number("Column.There"), Number("Column.Here")],
                [
                    .. Enum.GetValues<LineState>().Select(day.Of).Select(s => new TableRow(
                        [words[$"LineState.{s.State}"], Text(s.Count), Text(s.There), Text(s.Here)])),
                    new TableRow([words["Document.All"], Text(day.Sums.Sum(s => s.Count)), Text(day.There), Text(day.Here)], IsTotal: true),
                ]),
            new Paragraph(words["Document.Ledger", Text(day.Ledger)]),
            new Heading(1, words["Document.Differences"]),
        ];
        if (differences.Count == 0)
        {
            blocks.Add(new Paragraph(words["Document.NoDifferences"]));
        }
        else
        {
            blocks.Add(new Table("", day.Sums.Where(s => s.State != LineState.Matched).Sum(s => s.Count) > differences.Count
                ? words["Document.More"].Value : null,
                [
                    new(words["Column.State"], Weight: 1.2), new(words["Column.Request"], Weight: 3), Number("Column.There"), Number("Column.Here"),
                    new(words["Column.Settlement"], Weight: 3),
                ],
                [
                    .. differences.Select(l => new TableRow(
                        [words[$"LineState.{l.State}"], l.RefundNumber ?? l.RequestNumber, Text(l.There), Text(l.Here), SettledAs(l)])),
                ]));
        }
        blocks.Add(new Paragraph(day.SealText(words), ParagraphKind.Note));
        var printed = time.Local(time.Now).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        blocks.Add(new Paragraph(words["Document.Printed", printed], ParagraphKind.Note));
        blocks.Add(new SignatureBlock([words["Document.Accountant"], words["Document.Checker"]]));
        var date = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new Document
        {
            Title = words["Document.Title"],
            Subtitle = $"{gateways.LabelOf(day.Gateway)} {date}",
            Office = office,
            Date = date,
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            RunningHead = $"{words["Document.Title"]} {date}",
            Blocks = blocks,
        };
    }

    private string SettledAs(LineRow line) => line.IsOpen ? words["Open"]
        : string.Join(' ', new[] { line.Settlement is { } way ? words[$"SettleWay.{way}"].Value : null, line.SettledBy, line.Note }.OfType<string>());

    private TableColumn Number(string key) => new(words[key], Align.Right);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Text(Money? amount) => amount?.ToString(null, CultureInfo.InvariantCulture) ?? "—";
}
