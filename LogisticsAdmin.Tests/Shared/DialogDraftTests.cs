using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.People.Parts;
using LogisticsAdmin.Features.Repairs.Desk.List;
using LogisticsAdmin.Features.Repairs.Desk.Sheet;
using LogisticsAdmin.Features.Repairs.Desk.Views.Parts;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>What a draft belongs to, and what is restored from it, in the dialogs of the slices.</summary>
public sealed class DialogDraftTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_of_a_bulk_verb_belongs_to_the_marked_tickets_in_whatever_order()
    {
        await using var house = await TestHouse.OpenAsync();
        var (one, other) = (await house.TicketAsync(), await house.TicketAsync());
        await using var page = new DialogPage(await house.AsAsync(Cast.Dispatcher));
        Task<string> KeyAsync(RepairVerb verb, params RepairRow[] rows)
        {
            var marks = new RowMarks();
            marks.MarkAll(rows);
            return page.KeyOfAsync<BulkDialog>(p =>
            {
                p.Add(d => d.Verb, verb);
                p.Add(d => d.Marks, marks);
            });
        }

        var both = await KeyAsync(RepairVerb.Comment, one, other);
        Assert.Equal(both, await KeyAsync(RepairVerb.Comment, other, one));
        Assert.Equal(4, new[] { both, await KeyAsync(RepairVerb.Comment, one), await KeyAsync(RepairVerb.Comment, other), await KeyAsync(RepairVerb.Verify, one) }
            .Distinct().Count());
    }

    [Fact]
    public async Task A_draft_of_a_bulk_verb_belongs_to_the_chosen_people_in_whatever_order()
    {
        await using var house = await TestHouse.OpenAsync();
        await using var page = new DialogPage(await house.AsAsync(Cast.Administrator));
        Task<string> KeyAsync(PeopleVerb verb, params long[] ids) => page.KeyOfAsync<PeopleBulkDialog>(p =>
        {
            p.Add(d => d.Verb, verb);
            p.Add(d => d.Ids, ids);
        });

        var both = await KeyAsync(PeopleVerb.Disable, 12, 3);
        Assert.Equal(both, await KeyAsync(PeopleVerb.Disable, 3, 12));
        Assert.Equal(4, new[] { both, await KeyAsync(PeopleVerb.Disable, 3), await KeyAsync(PeopleVerb.Disable, 123), await KeyAsync(PeopleVerb.Move, 3, 12) }
            .Distinct().Count());
    }

    [Fact]
    public async Task Assigning_and_transferring_a_ticket_have_drafts_of_their_own()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync(TicketStatus.Taken);
        await using var page = new DialogPage(await house.AsAsync(Cast.Dispatcher));
        Task<string> KeyAsync(bool transfers) => page.KeyOfAsync<AssignDialog>(p =>
        {
            p.Add(d => d.Row, ticket);
            p.Add(d => d.Transfers, transfers);
        });
        Assert.NotEqual(await KeyAsync(transfers: false), await KeyAsync(transfers: true));
    }

    [Fact]
    public async Task The_draft_of_a_new_view_belongs_to_its_filter()
    {
        await using var house = await TestHouse.OpenAsync();
        await using var page = new DialogPage(await house.AsAsync(Cast.Dispatcher));
        Task<string> KeyAsync(string text) => page.KeyOfAsync<SaveViewDialog>(p => p.Add(d => d.Filter, new RepairFilter { Text = text }));
        var key = await KeyAsync("漏水");
        Assert.Equal(key, await KeyAsync("漏水"));
        Assert.NotEqual(key, await KeyAsync("停电"));
    }
}
