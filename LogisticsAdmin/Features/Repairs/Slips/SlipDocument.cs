using System.Globalization;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Repairs.Slips;

/// <summary>派工单 as a document, one ticket a page, in the reader's language: the same slips as on the page to print.</summary>
public sealed class SlipDocument(
    SlipQueries slips, CurrentUser user, OfficeTime time, IOfficeCard card, IOptions<OfficeOptions> options, IStringLocalizer<SlipsText> words)
{
    private const int Lines = 6;

    /// <summary>Throws as <see cref="SlipQueries.SlipsAsync"/> does, and NotFound where no ticket is asked for.</summary>
    public async Task<Document> ReadAsync(IReadOnlyList<string> numbers, CancellationToken ct = default)
    {
        var found = await slips.SlipsAsync(numbers, ct);
        if (found.Count == 0) throw new NotFound();
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? words["OfficeName"];
        return new Document
        {
            Title = found is [var only] ? $"{words["SlipTitle"]} {only.Row.Number}" : words["SlipTitle"],
            Office = office,
            Date = time.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = PageFormat.Slip,
            Blocks = [.. found.SelectMany((slip, i) => i == 0 ? Blocks(slip, office) : [new PageBreak(), .. Blocks(slip, office)])],
        };
    }

    private IEnumerable<Block> Blocks(DispatchSlip slip, string office)
    {
        var row = slip.Row;
        yield return new Heading(1, words["SlipTitle"]);
        yield return new CodeBlock(
            options.Value.Address is { Length: > 0 } address ? $"{address.TrimEnd('/')}/repairs/{row.Number}" : row.Number,
            [row.Number, slip.Centre is { } centre ? $"{office} · {centre}" : office, words["ReportedAt", Full(row.SubmittedAt)]]);
        yield return new Table("", null, [new("", Weight: 1), new("", Weight: 4)],
        [
            Fact("Place", $"{slip.Campus} {row.Building} {row.Room}"),
            Fact("Reporter", slip.Reporter),
            Fact("Phone", slip.Phone),
            Fact("Category", $"{row.Category}"),
            Fact("Urgency", $"{row.Urgency.Name()}"),
            Fact("Visit", row.VisitDay is { } day ? $"{day:yyyy-MM-dd} {slip.Slot}" : words["AnyTime"]),
            Fact("Due", Full(row.DueAt)),
            Fact("Crew", $"{row.Crew}"),
            Fact("Technician", row.Technician),
            Fact("Fault", row.Description),
            .. string.IsNullOrWhiteSpace(slip.Note) ? (TableRow[])[] : [Fact("Note", slip.Note)],
        ]);
        yield return new Table("", null, [new(words["PartUsed"], Weight: 3), new(words["Unit"]), new(words["Quantity"]), new(words["Remark"], Weight: 2)],
        [
            .. slip.Used.Select(u => new TableRow([$"{u.Part}", $"{u.Unit}", u.Quantity.ToString("0.##", CultureInfo.CurrentCulture), ""])),
            .. Enumerable.Repeat(new TableRow(["", "", "", ""]), Math.Max(2, Lines - slip.Used.Count)),
        ]);
        yield return new Table("", null, [new("", Weight: 1), new("", Weight: 1)], [new([words["Began"], words["Ended"]])]);
        yield return new Paragraph($"□ {words["Accepted"]}　　□ {words["NotAccepted"]}");
        yield return new SignatureBlock([words["TechnicianSigns"], words["ReporterSigns"]]);
        yield return new Paragraph(words["PrintedBy", user.Actor.Name, Full(time.Now)], ParagraphKind.Note);
    }

    private TableRow Fact(string key, string? value) => new([words.GetString(key), value ?? ""]);

    private string Full(DateTimeOffset moment) => time.Local(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
