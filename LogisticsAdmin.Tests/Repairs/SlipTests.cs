using System.Net;
using LogisticsAdmin.Features.Repairs.Slips;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>派工单: what it contains and who may print it.</summary>
public sealed class SlipTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, true)]
    [InlineData("100202", false)]
    [InlineData("100206", false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task A_slip_is_for_the_office_and_the_technician_on_the_ticket(string who, bool printed)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var slips = (await host.AsAsync(who)).Get<SlipQueries>();

        if (printed) Assert.Equal(ticket.Number, Assert.Single(await slips.SlipsAsync([ticket.Number], Ct)).Row.Number);
        else await Assert.ThrowsAsync<NotFound>(() => slips.SlipsAsync([ticket.Number], Ct));
    }

    [Fact]
    public async Task Several_are_printed_in_the_order_asked_for_and_others_are_left_out()
    {
        await using var host = await TestHost.OpenAsync();
        var (first, second, notMine) = (await host.TicketAsync(TicketStatus.Assigned), await host.TicketAsync(TicketStatus.Taken), await host.TicketAsync());
        var slips = (await host.AsAsync(TestUsers.Technician)).Get<SlipQueries>();

        var printed = await slips.SlipsAsync([second.Number, notMine.Number, "BX19990101-0001", first.Number, second.Number], Ct);

        Assert.Equal([second.Number, first.Number], printed.Select(s => s.Row.Number));
        Assert.Empty(await slips.SlipsAsync([], Ct));
        var tooMany = Enumerable.Range(0, SlipQueries.MaxSlips + 1).Select(n => $"BX20261122-{n:0000}").ToList();
        Assert.Equal("TooManySlips", (await Assert.ThrowsAsync<Rejected>(() => slips.SlipsAsync(tooMany, Ct))).Code);
    }

    [Theory]
    [InlineData(TestUsers.Technician, "派工单", "维修师傅签字")]
    [InlineData(TestUsers.EnglishDispatcher, "Dispatch slip", "Technician's signature")]
    public async Task The_page_says_where_what_and_who_and_leaves_room_to_sign(string who, string title, string signature)
    {
        await using var app = await TestApp.StartAsync();
        var number = await new AppWithUsers(app).TicketAsync("热水器没有热水", 1);

        var page = await (await app.SignInAsync(who)).PageAsync($"/repairs/{number}/slip");

        var slip = page.QuerySelector($"[data-ticket='{number}']")!;
        foreach (var word in new[] { title, number, "512", "王小雨", "13800002071", "热水器没有热水", "孙强", "带上梯子", signature })
            Assert.Contains(word, slip.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("[data-print]"));
        Assert.Null(page.QuerySelector("[class*=mud-]"));
    }

    [Fact]
    public async Task A_reporter_finds_no_slip_and_two_numbers_make_two_pages()
    {
        await using var app = await TestApp.StartAsync();
        var work = new AppWithUsers(app);
        var (first, second) = (await work.TicketAsync("热水器没有热水", 1), await work.TicketAsync("走廊灯不亮", 1));
        var (resident, dispatcher) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Dispatcher));

        using var refused = await resident.GetAsync($"/repairs/{first}/slip", Ct);
        var page = await dispatcher.PageAsync($"/repairs/slips?n={first}&n={second}");

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal([first, second], page.QuerySelectorAll("article.slip").Select(s => s.GetAttribute("data-ticket")));
    }
}
