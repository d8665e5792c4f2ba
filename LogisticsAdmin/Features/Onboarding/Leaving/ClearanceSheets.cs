using System.Globalization;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>离校清单: one sheet for each person, with what is settled and open and lines to sign on. For the office, in the reader's language.</summary>
public sealed class ClearanceSheets(LeavingQueries leaving, CurrentUser user, OfficeTime time, IOfficeCard card, IStringLocalizer<LeavingText> words)
{
    /// <summary>So many sheets are printed at once.</summary>
    public const int Most = 200;

    /// <summary>
    /// The sheets of a class, of one person, or of the whole round. Throws NotFound where there is nobody, Rejected where there are too many.
    /// </summary>
    public async Task<Document> ReadAsync(long roundId, string? className, long? leaverId, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        var round = await leaving.RoundAsync(roundId, ct);
        var rows = await leaving.SheetAsync(roundId, className, leaverId, Most, ct);
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? "";
        List<Block> blocks = [];
        foreach (var row in rows)
        {
            if (blocks.Count > 0) blocks.Add(new PageBreak());
            blocks.AddRange(SheetOf(row, round));
        }
        return new Document
        {
            Title = $"{words["Sheet"]} {round.Name}",
            Office = office,
            Date = Day(time.Today),
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = PageFormat.Slip,
            Blocks = blocks,
        };
    }

    private IEnumerable<Block> SheetOf(LeaverRow row, LeavingRoundRow round) =>
    [
        new Heading(1, $"{words["Sheet"]} {row.Name}"),
        new Paragraph($"{round.Name}　{Day(round.FirstDay)} – {Day(round.LastDay)}"),
        new Table("", null, [new("", Weight: 1), new("", Weight: 3)],
        [
            new([words["Field.Person"], row.Name]),
            new([words["Field.Number"], row.Number ?? ""]),
            new([words["Field.ClassName"], row.ClassName]),
            new([words["Field.Room"], row.Place ?? ""]),
        ]),
        new Table(words["Sheet.Steps"], null,
            [new(words["Sheet.Step"], Weight: 1.2), new(words["Field.State"], Weight: 2.4), new(words["Sheet.Sign"], Weight: 1.4)],
            [
                new([words["RowInspection"], InspectionOf(row), ""]),
                new([words["RowKeys"], row.Keys.Count == 0 ? words["Sheet.Settled"] : OpenWith(row.Keys.Select(k => k.Label)), ""]),
                new([words["RowOthers"], row.Holds.Count == 0 ? words["Sheet.Settled"] : OpenWith(row.Holds.Select(h => h.What.ToString())), ""]),
                new([words["RowCheckOut"], row.State == LeaverState.Left ? LeftOn(row) : words["Sheet.Open"], ""]),
            ]),
        new SignatureBlock([words["Signs.Person"], words["Signs.Building"], words["Signs.Office"]]),
    ];

    private string InspectionOf(LeaverRow row) => row switch
    {
        { DamageFen: > 0, DamagePaidAt: null } => words["Sheet.Owes", row.Damage ?? "", row.DamageAmount],
        { IsInspected: false, State: LeaverState.Left } => words["Sheet.Settled"],
        { IsInspected: false } => words["Sheet.Open"],
        { DamageFen: > 0 } => words["Sheet.Paid", row.Damage ?? "", row.DamageAmount],
        { InspectedAt: { } at } => $"{words["Sheet.Settled"]} {Day(time.DayOf(at))} {row.Damage}".Trim(),
        _ => words["Sheet.Open"],
    };

    private string LeftOn(LeaverRow row) => $"{words["Sheet.Settled"]} {(row.CheckedOutAt is { } at ? Day(time.DayOf(at)) : "")}".Trim();

    private string OpenWith(IEnumerable<string> what) => $"{words["Sheet.Open"]}: {string.Join("; ", what)}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
