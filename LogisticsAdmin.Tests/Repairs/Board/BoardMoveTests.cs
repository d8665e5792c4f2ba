using System.Globalization;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Board;

/// <summary>Which verb a drop performs, checked against the table of verbs.</summary>
public sealed class BoardMoveTests
{
    private static readonly TicketStatus[] Holdable = [TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress];

    [Fact]
    public async Task A_card_may_go_exactly_where_a_verb_of_the_office_leads()
    {
        List<string> wrong = [];
        foreach (var (row, target) in Moves(await RowAsync()))
        {
            var (held, move) = (row.HeldFrom ?? TicketStatus.Taken, $"{row.Status} (from {row.HeldFrom}) → {target}");
            if (BoardMove.VerbFor(row, target) is { } verb)
            {
                var reached = VerbTable.Expected(verb, "a dispatcher", row.Status, held);
                if (reached != target.ToString()) wrong.Add($"{move}: {verb} leads to {reached}");
            }
            else if (row.Status != target
                && VerbTable.AllVerbs.FirstOrDefault(v => VerbTable.Expected(v, "a dispatcher", row.Status, held) == target.ToString()) is var missed and not 0)
            {
                wrong.Add($"{move}: refused, but {missed} leads there");
            }
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(TicketStatus.New, TicketStatus.Triaged, RepairVerb.Triage)]
    [InlineData(TicketStatus.New, TicketStatus.Assigned, RepairVerb.Assign)]
    [InlineData(TicketStatus.Rework, TicketStatus.Assigned, RepairVerb.Assign)]
    [InlineData(TicketStatus.Taken, TicketStatus.Assigned, RepairVerb.Transfer)]
    [InlineData(TicketStatus.InProgress, TicketStatus.OnHold, RepairVerb.Hold)]
    [InlineData(TicketStatus.InProgress, TicketStatus.Completed, RepairVerb.Complete)]
    [InlineData(TicketStatus.Completed, TicketStatus.Rework, RepairVerb.SendBack)]
    public async Task A_drop_means_the_verb_that_moves_the_ticket_there(TicketStatus from, TicketStatus to, RepairVerb verb) =>
        Assert.Equal(verb, BoardMove.VerbFor(await RowAsync() with { Status = from, HeldFrom = null }, to));

    [Theory]
    [InlineData(TicketStatus.Assigned, RepairVerb.Resume)]
    [InlineData(TicketStatus.InProgress, RepairVerb.Transfer)]
    public async Task A_ticket_on_hold_resumes_where_it_was_and_is_transferred_elsewhere(TicketStatus heldFrom, RepairVerb toAssigned)
    {
        var row = await RowAsync() with { Status = TicketStatus.OnHold, HeldFrom = heldFrom };
        Assert.Equal(RepairVerb.Resume, BoardMove.VerbFor(row, heldFrom));
        Assert.Equal(toAssigned, BoardMove.VerbFor(row, TicketStatus.Assigned));
        Assert.Null(BoardMove.VerbFor(row, TicketStatus.Taken));
    }

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Every_refused_move_says_why(string language)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var words = (await host.AsAsync(TestUsers.Dispatcher)).Get<RefusalText>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        foreach (var (row, target) in Moves(ticket).Where(m => m.Row.Status != m.Target && BoardMove.VerbFor(m.Row, m.Target) is null))
        {
            var said = words.Of(BoardMove.RefusalFor(row, target));
            Assert.DoesNotContain("Refusal.", said, StringComparison.Ordinal);
            Assert.DoesNotContain("TicketStatus.", said, StringComparison.Ordinal);
            Assert.NotEqual("WrongState", BoardMove.RefusalFor(row, target).Code);
        }
    }

    /// <summary>Every card of every column, dropped on every column.</summary>
    private static IEnumerable<(RepairRow Row, TicketStatus Target)> Moves(RepairRow row) =>
        from status in BoardLane.Columns
        from held in status == TicketStatus.OnHold ? Holdable.Cast<TicketStatus?>() : [null]
        from target in BoardLane.Columns
        select (row with { Status = status, HeldFrom = held }, target);

    private static async Task<RepairRow> RowAsync()
    {
        await using var host = await TestHost.OpenAsync();
        return await host.TicketAsync();
    }
}
