using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>The settled statement on paper, in the reader's language. For the office, and for whose statement it is.</summary>
public sealed class MoveOutDocument(MoveOutQueries statements, OfficeTime time, IOfficeCard card, IStringLocalizer<MoveOutText> words)
{
    /// <exception cref="NotFound">There is no such statement, or the reader may not see it.</exception>
    public async Task<Document> ReadAsync(string number, CancellationToken ct = default) => await OfAsync(await statements.FindAsync(number, ct), ct);

    /// <exception cref="NotFound">It is not the reader's own.</exception>
    public async Task<Document> ReadMineAsync(string number, CancellationToken ct = default) =>
        await OfAsync(await statements.FindMineAsync(number, ct), ct);

    private async Task<Document> OfAsync(MoveOutView view, CancellationToken ct)
    {
        var number = view.Row.Number;
        var (row, stay, figures) = (view.Row, view.Stay, view.Figures);
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? words["Office"];
        List<Block> blocks =
        [
            new Heading(1, words["Statement"]),
            new Paragraph($"{office}　{words["Field.Number"]} {number}"),
            new Table("", null, [new("", Weight: 1), new("", Weight: 3)],
            [
                Fact("Field.Person", $"{stay.Person} {stay.PersonNumber}".Trim()),
                Fact("Field.Room", stay.Place),
                Fact("Field.LivedThere", $"{ReadingWords.Day(stay.First)} – {ReadingWords.Day(figures.LeavingDay)}"),
                Fact("Field.SettledAt", $"{ReadingWords.Day(time.DayOf(row.SettledAt))} {row.SettledBy}".Trim()),
            ]),
        ];
        if (row.TakenBackAt is { } takenBack) blocks.Insert(1, new Paragraph(words["TakenBackOn", ReadingWords.Day(time.DayOf(takenBack))]));
        if (figures.Readings.Count > 0) blocks.Add(ReadingsOf(figures));
        if (figures.Lines.Count > 0) blocks.Add(LinesOf(figures));
        if (figures.Backs is { Count: > 0 } backs) blocks.Add(BacksOf(backs, figures.GivenBack));
        blocks.Add(new Table(words["Sums"], null, [new("", Weight: 3), new(words["Field.Amount"], Align.Right)],
        [
            new([words["Sum.Own"], figures.Own.ToString()]),
            new([words["Sum.Room", figures.RoomBalance, figures.RoomPeople], figures.RoomPart.ToString()]),
            new([words["Sum.Charges"], (Money.Zero - figures.Charges).ToString()]),
            .. figures.GivenBack == Money.Zero ? Array.Empty<TableRow>() : [new([words["Sum.Back"], figures.GivenBack.ToString()])],
            new([words[ResultKey(figures.Result)], figures.Result.ToString()], IsTotal: true),
        ]));
        if (view.HowKey is { } how) blocks.Add(new Paragraph(words[how, row.ReceiptNumber ?? ""]));
        blocks.Add(new Paragraph(words["Rule"]));
        blocks.Add(new SignatureBlock([words["Signs.Person"], words["Signs.Office"]]));
        return new Document
        {
            Title = $"{words["Statement"]} {number}",
            Office = office,
            Date = ReadingWords.Day(time.DayOf(row.SettledAt)),
            Language = Languages.Known(System.Globalization.CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = PageFormat.Slip,
            Blocks = blocks,
        };
    }

    internal static string ResultKey(Money result) => result > Money.Zero ? "Result.Refund" : result < Money.Zero ? "Result.Debt" : "Result.Nothing";

    private Table ReadingsOf(MoveOutFigures figures) => new(
        words["Readings"], null,
        [
            new(words["Field.Kind"]), new(words["Field.Meter"]), new(words["Field.Opening"], Align.Right), new(words["Field.Closing"], Align.Right),
            new(words["Field.Usage"], Align.Right),
        ],
        [
            .. figures.Readings.Select(r => new TableRow(
            [
                r.Kind.ToString(), r.Number, $"{ReadingWords.Number(r.Opening)} ({ReadingWords.Day(r.OpeningDay)})",
                $"{ReadingWords.Number(r.Closing)} ({ReadingWords.Day(r.ClosingDay)})", $"{ReadingWords.Number(r.Usage)} {r.Unit}",
            ])),
        ]);

    private Table LinesOf(MoveOutFigures figures) => new(
        words["Unbilled"], null,
        [
            new(words["Field.Kind"]), new(words["Field.Days"], Weight: 2), new(words["Field.Total"], Align.Right), new(words["Field.Part"], Align.Right),
        ],
        [
            .. figures.Lines.Select(l => new TableRow(
            [
                l.Kind.ToString(), l.Gap is { } gap ? words[$"MoveOutGap.{gap}"] : $"{ReadingWords.Day(l.First)} – {ReadingWords.Day(l.Last)}",
                l.Gap is null ? l.Total.ToString() : "", l.Gap is null ? l.Amount.ToString() : "",
            ])),
            new TableRow([words["Sum.Charges"], "", "", figures.Charges.ToString()], IsTotal: true),
        ]);

    private Table BacksOf(IReadOnlyList<MoveOutBack> backs, Money sum) => new(
        words["Backs"], null,
        [
            new(words["Field.Kind"]), new(words["Field.UnusedDays"], Weight: 2), new(words["Field.Arithmetic"], Align.Right, Weight: 2),
            new(words["Field.GivenBack"], Align.Right),
        ],
        [
            .. backs.Select(b => new TableRow(
            [
                $"{b.Kind} {b.Period}", $"{ReadingWords.Day(b.First)} – {ReadingWords.Day(b.Last)}", words["Arithmetic", b.Charged, b.Days, b.OfDays],
                b.Amount.ToString(),
            ])),
            new TableRow([words["Sum.Back"], "", "", sum.ToString()], IsTotal: true),
        ]);

    private TableRow Fact(string key, string value) => new([words.GetString(key), value]);
}
