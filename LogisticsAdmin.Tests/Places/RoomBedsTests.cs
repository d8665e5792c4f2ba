using Bunit;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>The beds of a room on office pages.</summary>
public sealed class RoomBedsTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Manager, false)]
    public async Task Beds_and_residents_are_shown_and_whoever_may_move_them_has_buttons(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var person = await BedTests.PersonAsync(host, "张一");
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>()
            .AssignAsync(await BedTests.BedAsync(host, "511", "2"), new BedForm { PersonId = person }, Ct);
        await using var page = Open(await host.AsAsync(who));
        var beds = page.Render<RoomBeds>(p => p.Add(b => b.RoomId, 0));
        Assert.Empty(beds.Markup.Trim());
        var room = await BedTests.RoomAsync(host, "511");
        beds.Render(p => p.Add(b => b.RoomId, room));
        await beds.WaitForAssertionAsync(() => Assert.Equal(4, beds.FindAll("li[data-bed]").Count), TestTimeouts.Default);
        Assert.Contains("张一", beds.Find($"li[data-person='{person}']").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, beds.FindAll(".tile.free").Count);
        Assert.Equal(may ? 6 : 0, beds.FindAll("[data-act]").Count);
        Assert.Single(beds.FindAll("details tbody tr"));
    }

    [Fact]
    public async Task The_beds_follow_what_somebody_else_does()
    {
        await using var host = await TestHost.OpenAsync();
        var person = await BedTests.PersonAsync(host, "张一");
        await using var page = Open(await host.AsAsync(TestUsers.Manager));
        var room = await BedTests.RoomAsync(host, "511");
        var beds = page.Render<RoomBeds>(p => p.Add(b => b.RoomId, room));
        await beds.WaitForAssertionAsync(() => Assert.Equal(4, beds.FindAll(".tile.free").Count), TestTimeouts.Default);
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>()
            .AssignAsync(await BedTests.BedAsync(host, "511", "2"), new BedForm { PersonId = person }, Ct);
        await beds.WaitForAssertionAsync(() => Assert.Equal(3, beds.FindAll(".tile.free").Count), TestTimeouts.Default);
    }

    [Fact]
    public async Task The_dialog_checks_out_with_a_day_and_a_note()
    {
        await using var host = await TestHost.OpenAsync();
        var person = await BedTests.PersonAsync(host, "张一");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var bed = await BedTests.BedAsync(host, "511", "2");
        await desk.Get<BedService>().AssignAsync(bed, new BedForm { PersonId = person }, Ct);
        await using var page = new DialogPage(desk);
        await page.ShowAsync<BedDialog>(d =>
        {
            d.Add(x => x.Act, BedAct.CheckOut);
            d.Add(x => x.Line, new BedLine(bed, "2", new BedResident(person, "张一", null, null, null, null)));
            d.Add(x => x.Place, "竹园3号楼 511-2");
        });
        Assert.Equal("2026-11-22", page.Dialogs.Find("#bed-day").GetAttribute("value"));
        page.Dialogs.Find("#bed-note").Input("毕业");
        await page.Dialogs.Find("form#bed-form").SubmitAsync();
        await page.Dialogs.WaitForAssertionAsync(() => Assert.Empty(page.Dialogs.FindAll("#bed-form")), TestTimeouts.Default);
        Assert.Null(await BedTests.BedOfAsync(host, person));
    }

    [Fact]
    public async Task The_dialog_assigns_a_bed_to_somebody_found_by_typing()
    {
        await using var host = await TestHost.OpenAsync();
        var person = await BedTests.PersonAsync(host, "张一");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var bed = await BedTests.BedAsync(host, "511", "2");
        await using var page = new DialogPage(desk);
        await page.ShowAsync<BedDialog>(d =>
        {
            d.Add(x => x.Act, BedAct.Assign);
            d.Add(x => x.Line, new BedLine(bed, "2", null));
            d.Add(x => x.Place, "竹园3号楼 511-2");
        });
        Assert.True(page.Dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        page.Dialogs.Find("#bed-person").Input("zhangyi");
        await page.Dialogs.WaitForAssertionAsync(() => Assert.NotEmpty(page.Dialogs.FindAll("[role=option]")), TestTimeouts.Default);
        await page.Dialogs.Find("[role=option]").ClickAsync();
        await page.Dialogs.Find("form#bed-form").SubmitAsync();
        await page.Dialogs.WaitForAssertionAsync(() => Assert.Empty(page.Dialogs.FindAll("#bed-form")), TestTimeouts.Default);
        Assert.Equal(bed, await BedTests.BedOfAsync(host, person));
    }

    [Fact]
    public async Task The_dialog_lists_what_holds_up_a_check_out_with_links()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<ICheckOutStep, Debts>());
        var person = await BedTests.PersonAsync(host, "张一");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var bed = await BedTests.BedAsync(host, "511", "2");
        await desk.Get<BedService>().AssignAsync(bed, new BedForm { PersonId = person }, Ct);
        await using var page = new DialogPage(desk);
        await page.ShowAsync<BedDialog>(d =>
        {
            d.Add(x => x.Act, BedAct.CheckOut);
            d.Add(x => x.Line, new BedLine(bed, "2", new BedResident(person, "张一", null, null, null, null)));
            d.Add(x => x.Place, "竹园3号楼 511-2");
        });
        await page.Dialogs.Find("form#bed-form").SubmitAsync();
        var holds = page.Dialogs.FindAll("[data-holds] li");
        Assert.Equal(["欠费 12.50", "钥匙未还"], holds.Select(h => h.TextContent));
        Assert.Equal("fees/1", page.Dialogs.Find("[data-holds] a").GetAttribute("href"));
        Assert.Equal(bed, await BedTests.BedOfAsync(host, person));
    }

    private sealed class Debts : ICheckOutStep
    {
        public Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CheckOutHold>>(
                [new CheckOutHold(new LocalName("欠费 12.50", ""), "fees/1"), new CheckOutHold(new LocalName("钥匙未还", ""), null)]);
    }

    private static BunitContext Open(Desk desk)
    {
        var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.Services.AddSingleton(desk.Get<RefusalText>());
        page.Services.AddSingleton(desk.Get<IChangeFeed>());
        page.Services.AddSingleton(desk.Get<IStringLocalizerFactory>());
        page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        page.Services.AddScoped<Actions>();
        page.Services.AddFallbackServiceProvider(desk.Get<IServiceProvider>());
        return page;
    }
}
