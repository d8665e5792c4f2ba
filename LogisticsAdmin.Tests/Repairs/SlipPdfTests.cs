using System.Net;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Documents;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>派工单 as a file: the same slips for the same people as on the page.</summary>
public sealed class SlipPdfTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Technician, "派工单", "维修师傅签字", "zh-CN")]
    [InlineData(TestUsers.EnglishDispatcher, "Dispatch slip", "Technician's signature", "en")]
    public async Task The_file_says_what_the_page_says(string who, string title, string signature, string language)
    {
        await using var app = await TestApp.StartAsync();
        var number = await new AppWithUsers(app).TicketAsync("热水器没有热水", 1);
        var http = await app.SignInAsync(who);
        var page = await http.PageAsync($"/repairs/{number}/slip");

        using var answer = await http.GetAsync("/" + page.QuerySelector("[data-pdf]")!.GetAttribute("href"), Ct);

        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var file = await answer.Content.ReadAsByteArrayAsync(Ct);
        var text = PdfText.Whole(file);
        foreach (var word in new[] { title, number, "512", "王小雨", "13800002071", "热水器没有热水", "孙强", "带上梯子", signature })
            Assert.Contains(PdfText.Bare(word), text, StringComparison.Ordinal);
        Assert.Contains($"({language})", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_numbers_make_two_pages_and_others_find_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var work = new AppWithUsers(app);
        var (first, second) = (await work.TicketAsync("热水器没有热水", 1), await work.TicketAsync("走廊灯不亮", 1));
        var address = $"/repairs/slips.pdf?n={second}&n={first}";

        var pages = PdfText.Pages(await (await app.SignInAsync(TestUsers.Dispatcher)).GetByteArrayAsync(address, Ct));
        using var resident = await (await app.SignInAsync(TestUsers.Resident)).GetAsync(address, Ct);
        using var other = await (await app.SignInAsync("100202")).GetAsync(address, Ct);
        using var none = await (await app.SignInAsync(TestUsers.Dispatcher)).GetAsync("/repairs/slips.pdf", Ct);
        using var stranger = await app.CreateClient().GetAsync(address, Ct);

        Assert.Equal(2, pages.Count);
        Assert.Contains(second, pages[0], StringComparison.Ordinal);
        Assert.Contains(first, pages[1], StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized],
            [resident.StatusCode, other.StatusCode, none.StatusCode, stranger.StatusCode]);
    }
}
