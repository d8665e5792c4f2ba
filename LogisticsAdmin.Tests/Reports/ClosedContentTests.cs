using System.Globalization;
using System.Text.Json;
using CsCheck;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>A closed month is read as it was written, and no byte of it changes unnoticed.</summary>
public sealed class ClosedContentTests
{
    private static readonly string[] Texts = ["", "水电班", "a\u0000b", "🚿 喷头", "\"<b>'\\", "مرحبا", "e\u0301", new string('长', 10_000)];

    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long, Gen.Long[-3, 3], Gen.Const(long.MaxValue), Gen.Const(long.MinValue));

    private static readonly Gen<long?> Maybe = Gen.Select(Number, Gen.Bool, (number, known) => known ? number : (long?)null);

    private static readonly Gen<string> Text = Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]);

    private static readonly Gen<LocalName> Name = Gen.Select(Text, Text, (zh, en) => new LocalName(zh, en));

    private static readonly Gen<UInt128> Bits = Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    private static readonly Gen<decimal?> Amount = Gen.Select(Gen.Long, Gen.Int[0, 9], (n, d) => d == 9 ? null : (decimal?)(n / (decimal)Math.Pow(10, d)));

    private static readonly Gen<FactRow> Row = Gen.Select(Number, Bits, Bits, Maybe.Array[2], Maybe.Array[3], Maybe.Array[1],
        (id, counted, based, keys, times, measures) => new FactRow(id, counted, based, keys, times, measures));

    private static readonly Gen<FigureValue> Value = Gen.Select(Amount, Gen.Int, Gen.Int,
        (value, counted, based) => new FigureValue("s.a", value, counted, based));

    private static readonly Gen<ReportContent> Content =
        from rows in Row.Array[0, 40]
        from names in Name.Array[0, 5]
        from title in Name
        from value in Value
        from before in Value
        from summary in Name.Array[0, 3]
        from comment in Text
        from at in Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks]
        from target in Amount
        select Make([.. rows.DistinctBy(r => r.Id)], names, title, value, before, summary, comment, new DateTimeOffset(at, TimeSpan.Zero), target);

    [Fact]
    public void What_is_read_is_what_was_written() => Content.Sample(content =>
    {
        var (bytes, hash) = ClosedContent.Write(content);
        Assert.Equal(Told(content), Told(ClosedContent.Read(bytes)));
        Assert.Equal(hash, ClosedContent.HashOfStored(bytes));
        // What was read is written to the same bytes again, so that a hash never depends on how often.
        Assert.Equal(bytes, ClosedContent.Write(ClosedContent.Read(bytes)).Bytes);
    }, iter: 300);

    [Fact]
    public void A_changed_missing_or_added_byte_never_gives_other_content_with_the_same_hash() =>
        Gen.Select(Content, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255], Gen.Int[0, 3]).Sample((content, at, by, how) =>
        {
            var (bytes, hash) = ClosedContent.Write(content);
            at %= bytes.Length;
            byte[] changed = how switch
            {
                0 => bytes[..at],
                1 => [.. bytes[..at], by, .. bytes[at..]],
                _ => [.. bytes[..at], (byte)(bytes[at] ^ by), .. bytes[(at + 1)..]],
            };
            if (ClosedContent.HashOfStored(changed) == hash) Assert.Equal(Told(content), Told(ClosedContent.Read(changed)));
        }, iter: 2_000);

    [Fact]
    public void Every_part_of_the_content_is_in_the_hash()
    {
        var name = new LocalName("甲", "A");
        var value = new FigureValue("s.a", 1, 1, 0);
        var row = new FactRow(7, 1, 0, [1, null], [5, null, null], [3]);
        ReportContent Of(FactRow? r = null, LocalName? key = null, FigureValue? v = null, FigureValue? before = null, string comment = "",
            decimal? target = null, LocalName? sentence = null, int at = 0, LocalName? title = null) =>
            Make([r ?? row], [key ?? name], title ?? name, v ?? value, before ?? value, [sentence ?? name], comment,
                DateTimeOffset.UnixEpoch.AddSeconds(at), target);
        ReportContent[] all =
        [
            Of(), Of(r: row with { Id = 8 }), Of(r: row with { Counted = 2 }), Of(r: row with { Base = 1 }), Of(r: row with { Times = [6, null, null] }),
            Of(r: row with { Measures = [null] }), Of(r: row with { Keys = [1, 2] }), Of(key: new LocalName("乙", "B")), Of(v: value with { Value = 2 }),
            Of(before: value with { Counted = 2 }), Of(comment: "好"), Of(target: 1), Of(sentence: new LocalName("甲", "B")), Of(at: 1),
            Of(title: new LocalName("乙", "A")), Of() with { DocumentNumber = "1号" }, Of() with { Office = new LocalName("后勤处", "") },
            Of() with { Period = ReportPeriod.MonthOf(new DateOnly(2026, 9, 1)) },
        ];
        Assert.Equal(all.Length, all.Select(c => ClosedContent.Write(c).Hash).Distinct().Count());
    }

    private static ReportContent Make(
        FactRow[] rows, LocalName[] names, LocalName title, FigureValue value, FigureValue before, LocalName[] summary, string comment, DateTimeOffset at,
        decimal? target)
    {
        var (october, september) = (ReportPeriod.MonthOf(new DateOnly(2026, 10, 1)), ReportPeriod.MonthOf(new DateOnly(2026, 9, 1)));
        var figure = new FigureDefinition("s.a", 3, FigureForm.Mean, FigureUnit.Yuan, FigureDirection.LowerIsBetter, "m",
            new FigureWords(title, title, null, title));
        var layout = new SectionLayout("s", title, [figure], [new ReportDimension("d", title, true), new ReportDimension("e", title)],
            [new ReportTime("t", title), new ReportTime("u", title), new ReportTime("v", title)], [new ReportMeasure("m", title, FigureUnit.Yuan)],
            [new ReportTableLayout("x", title, "d", ["s.a"], 3)], ["s.a"], [new ReportTrend("y", title, ["s.a"], [])],
            [new ReportBalance(title, "s.a", ["s.a"], [], "s.a")]);
        var keys = rows.Select(r => r.Keys[0]).OfType<long>().Distinct().Zip(names).ToDictionary(k => k.First, k => k.Second);
        var snapshot = new SectionSnapshot(layout, new SectionFacts(rows, new Dictionary<string, IReadOnlyDictionary<long, LocalName>> { ["d"] = keys }, at),
            new Dictionary<string, FigureValue> { ["s.a"] = value });
        var section = new ReportedSection(snapshot, new Dictionary<string, FigureReading>
        {
            ["s.a"] = new(value.Value, value.Counted, value.Base, before.Value, null, target),
        }, summary, [new MonthValues(september, new Dictionary<string, FigureValue> { ["s.a"] = before })]);
        return new ReportContent
        {
            Period = october,
            AsOf = at,
            Office = title,
            DocumentNumber = comment.Length > 9 ? "" : comment,
            Sections = [section],
            Comments = new Dictionary<string, string> { ["s"] = comment, [ReportComment.Plan] = title.Zh },
        };
    }

    /// <summary>Everything in it as text; rows in the order of their ids.</summary>
    private static string Told(ReportContent c) => string.Join('\n',
        c.Period, c.AsOf.ToString("O", CultureInfo.InvariantCulture), Json(c.Office), Json(c.DocumentNumber), Json(c.Comments.OrderBy(p => p.Key)),
        string.Join('\n', c.Sections.Select(s => string.Join('\n',
            Json(s.Layout), Json(s.Readings), Json(s.Summary), Json(s.History.Select(m => (object)new { Month = m.Month.ToString(), m.Values })),
            Json(s.Snapshot.Values), Json(s.Snapshot.Facts.Names), s.Snapshot.Facts.AsOf.ToString("O", CultureInfo.InvariantCulture),
            string.Join('\n', s.Snapshot.Facts.Rows.OrderBy(r => r.Id).Select(r =>
                $"{r.Id} {r.Counted} {r.Base} {Json(r.Keys)} {Json(r.Times)} {Json(r.Measures)}"))))));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
