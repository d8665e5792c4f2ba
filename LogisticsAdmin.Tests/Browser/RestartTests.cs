using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class RestartTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_page_that_was_open_during_a_restart_comes_back_by_itself_with_filter_selection_and_draft()
    {
        var storage = await TestHost.NewStorageAsync();
        try
        {
            var app = await TestApp.StartAsync(kestrel: true, storage: storage);
            var address = Visitor.AddressOf(app);
            var work = new AppWithUsers(app);
            var number = await work.ReportAsync("水管爆裂");
            await work.ReportAsync("走廊灯不亮");
            var desk = await OpenAsync(app);
            await desk.SignInAsync(TestUsers.Dispatcher);
            await desk.GoAsync($"/repairs?view=All&q=水管&t={number}");
            await desk.Page.FillAsync("#reply-text", "师傅已经在路上");
            var loaded = new TaskCompletionSource();
            desk.Page.Load += (_, _) => loaded.TrySetResult();
            var url = desk.Page.Url;

            await work.DisposeAsync();
            await Expect(desk.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
            await using var again = await TestApp.StartAsync(kestrel: true, storage: storage, port: address.Port);

            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await desk.ReadyAsync();
            Assert.Equal(url, desk.Page.Url);
            await Expect(desk.Ticket(number, TicketStatus.New)).ToHaveAttributeAsync("aria-selected", "true");
            await Expect(desk.Page.Locator("tr[data-ticket]")).ToHaveCountAsync(1);
            await Expect(desk.Page.Locator("#reply-text")).ToHaveValueAsync("师傅已经在路上");
        }
        finally
        {
            TestHost.DropStorage(storage);
        }
    }
}
