using System.Net;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Inbox;

/// <summary>The message page and opening a message, requested as by a phone without scripts.</summary>
public sealed class InboxPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Resident, "/my/repairs/BX20261122-0001")]
    [InlineData(TestUsers.Technician, "/jobs/BX20261122-0001")]
    [InlineData(TestUsers.Dispatcher, "/repairs/BX20261122-0001")]
    public async Task Opening_a_message_marks_it_read_and_leads_to_its_subject(string who, string address)
    {
        await using var app = await TestApp.StartAsync();
        await SendAsync(app, who, 2);
        var client = await app.SignInAsync(who);
        var page = await client.PageAsync("/my/messages");
        Assert.Equal("2", page.QuerySelector(".bell b")!.TextContent);
        var link = page.QuerySelectorAll(".messages .unread a")[0].GetAttribute("href")!;

        using var opened = await client.GetAsync(link, Ct);

        Assert.Equal((HttpStatusCode.Redirect, address), (opened.StatusCode, opened.Headers.Location!.OriginalString));
        page = await client.PageAsync("/my/messages");
        Assert.Equal("1", page.QuerySelector(".bell b")!.TextContent);
        Assert.Single(page.QuerySelectorAll(".messages .unread"));
    }

    [Theory]
    [InlineData("Sec-Purpose", "prefetch", 1)]
    [InlineData("Sec-Fetch-Site", "cross-site", 1)]
    [InlineData("Sec-Fetch-Site", "same-origin", 0)]
    [InlineData("Sec-Fetch-Site", "none", 0)]
    public async Task A_message_is_read_only_when_the_reader_opens_it(string header, string value, int unread)
    {
        await using var app = await TestApp.StartAsync();
        await SendAsync(app, TestUsers.Resident, 1);
        var client = await app.SignInAsync(TestUsers.Resident);
        var link = (await client.PageAsync("/my/messages")).QuerySelector("[data-message] a")!.GetAttribute("href")!;

        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Add(header, value);
        using var opened = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Equal(unread, await app.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.ReadAt == null, Ct)));
    }

    [Fact]
    public async Task Somebody_elses_message_is_not_found_and_a_visitor_signs_in_first()
    {
        await using var app = await TestApp.StartAsync();
        await SendAsync(app, TestUsers.Resident, 1);
        var id = await app.InDatabaseAsync(db => db.Inbox.Select(i => i.Id).SingleAsync(Ct));
        var administrator = await app.SignInAsync(TestUsers.Administrator);

        using var theirs = await administrator.GetAsync($"/my/messages/{id}", Ct);
        using var none = await administrator.GetAsync("/my/messages/987654321", Ct);
        using var visitor = await app.Visitor().GetAsync($"/my/messages/{id}", Ct);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, none.StatusCode));
        Assert.NotEqual(HttpStatusCode.NotFound, visitor.StatusCode);
        Assert.False(visitor.IsSuccessStatusCode);
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.ReadAt == null, Ct)));
    }

    [Fact]
    public async Task Older_and_newer_messages_are_reached_by_links()
    {
        await using var app = await TestApp.StartAsync();
        await SendAsync(app, TestUsers.Resident, 65);
        var client = await app.SignInAsync(TestUsers.Resident);

        List<string> read = [];
        var address = "/my/messages";
        while (true)
        {
            var page = await client.PageAsync(address);
            read.AddRange(page.QuerySelectorAll("[data-message]").Select(m => m.GetAttribute("data-message")!));
            if (page.QuerySelector("a[rel=next]") is not { } older) break;
            address = older.GetAttribute("href")!;
        }

        Assert.Equal(65, read.Distinct().Count());
        Assert.Equal(65, read.Count);
        var last = await client.PageAsync(address);
        var back = await client.PageAsync(last.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(read.Skip(30).Take(30), back.QuerySelectorAll("[data-message]").Select(m => m.GetAttribute("data-message")));
        Assert.Null((await client.PageAsync("/my/messages?before=x&after=")).QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task An_empty_inbox_says_so_and_an_unknown_kind_leads_back_to_the_list()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        Assert.Contains("还没有消息", (await client.PageAsync("/my/messages")).Body!.TextContent, StringComparison.Ordinal);

        await SendAsync(app, TestUsers.Resident, 1, kind: 9999);
        var link = (await client.PageAsync("/my/messages")).QuerySelector("[data-message] a")!.GetAttribute("href")!;
        using var opened = await client.GetAsync(link, Ct);

        Assert.Equal((HttpStatusCode.Redirect, "/my/messages"), (opened.StatusCode, opened.Headers.Location!.OriginalString));
        Assert.Null((await client.PageAsync("/my/messages")).QuerySelector(".unread"));
    }

    private static Task<int> SendAsync(TestApp app, string who, int count, int kind = (int)RepairNotification.Replied) => app.InDatabaseAsync(async db =>
    {
        var person = await db.Users.Where(p => p.UserName == who).Select(p => p.Id).SingleAsync(Ct);
        db.Inbox.AddRange(Enumerable.Range(1, count).Select(n => new InboxItem(person, kind, "BX20261122-0001", null, TestHost.Start.AddMinutes(n / 10))));
        return await db.SaveChangesAsync(Ct);
    });
}
