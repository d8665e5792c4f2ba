using System.Globalization;
using System.Threading.Channels;
using Bunit;
using LogisticsAdmin.Features.Fees.Arrears.Pages;
using LogisticsAdmin.Features.Fees.Billing.Pages;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Reconciliation.Pages;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using Xunit;
using AccountPage = LogisticsAdmin.Features.Fees.Payments.Pages.Account;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Pages of one account and one bill, which a link to another one keeps, and the list of arrears, which follows payments.</summary>
public sealed class FeePagesTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_an_account_shows_another_one_when_its_address_changes()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("30");
        await host.PaidAsync("70", PaymentTarget.Own);
        var room = await host.AccountAsync(await host.RoomKeyAsync());
        var own = await host.AccountAsync(LedgerAccount.PersonKey((await host.AsAsync(TestUsers.Resident)).PersonId));

        await ShowAsync<AccountPage>(
            host, [(room, "竹园3号楼 512", "30.00"), (own, "王小雨", "70.00"), (99_999, "", ""), (room, "竹园3号楼 512", "30.00")]);
    }

    [Fact]
    public async Task The_page_of_a_bill_shows_another_one_when_its_address_changes()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.MeterAsync("electricity", room.Id, [(new(2026, 8, 31), 0), (new(2026, 9, 30), 10), (new(2026, 10, 31), 30)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        var one = Assert.Single(await host.BillAsync("electricity", "2026-09"));
        await host.BillAsync("electricity", "2026-10");
        var other = await host.InDatabaseAsync(db => Task.FromResult(db.Set<Features.Fees.Billing.Bill>().Single(b => b.Id != one.Id)));

        await ShowAsync<BillPage>(
            host, [(one.Id, one.Number, "2026-09"), (other.Id, other.Number, "2026-10"), (99_999, "", ""), (one.Id, one.Number, "2026-09")]);
    }

    [Fact]
    public async Task The_page_of_a_compared_day_shows_another_one_when_its_address_changes()
    {
        await using var host = await TestHost.OpenAsync();
        var request = await host.AtBankAsync();
        await host.DisturbAsync("DELETE FROM SandboxTrades WHERE RequestNumber = {0}", request);
        await host.ReconcileAsync();
        var other = await host.AtBankAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.ReconcileAsync();
        var lines = await host.LinesAsync();
        var (one, two) = (lines.Single(l => l.RequestNumber == request).DayId, lines.Single(l => l.RequestNumber == other).DayId);

        await ShowAsync<ReconciliationDayPage>(
            host, [(one, "2026-11-22", "平台缺"), (two, "2026-11-23", other), (99_999, "", ""), (one, "2026-11-22", "提出更正")]);
    }

    [Fact]
    public async Task The_list_of_arrears_is_read_once_for_many_payments_and_once_for_what_is_typed()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        await host.OwesAsync(100);
        var clock = new WaitedClock();
        await using var page = PageOf(await host.AsAsync(TestUsers.Manager));
        page.Services.AddSingleton<TimeProvider>(clock);
        var list = page.Render<ArrearsPage>();
        await list.WaitForAssertionAsync(() => Assert.Contains("100.00", list.Markup, StringComparison.Ordinal), TestTimeouts.Default);

        await host.PaidAsync("30");
        await clock.WaitedAsync(TimeSpan.FromSeconds(5));
        await host.PaidAsync("20");
        Assert.Contains("100.00", list.Markup, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(5));
        await list.WaitForAssertionAsync(() => Assert.Contains("50.00", list.Markup, StringComparison.Ordinal), TestTimeouts.Default);
        Assert.DoesNotContain("70.00", list.Markup, StringComparison.Ordinal);

        Task[] typed = [.. new[] { "竹园3", "竹园3 512" }.Select(text => list.Find("input[type=search]").InputAsync(text))];
        foreach (var _ in typed) await clock.WaitedAsync(TimeSpan.FromMilliseconds(120));
        clock.Advance(TimeSpan.FromMilliseconds(120));
        await Task.WhenAll(typed);
        Assert.Single(list.FindAll("tr[data-account]"));
        var written = Assert.Single(page.JSInterop.Invocations["office.writeAddress"]);
        Assert.EndsWith("512", (string)written.Arguments[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_list_of_arrears_that_is_no_more_shows_the_last_one()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        await host.OwesAsync(100);
        await using var page = PageOf(await host.AsAsync(TestUsers.Dispatcher));
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("fees/arrears?page=9");

        var list = page.Render<ArrearsPage>();

        await list.WaitForAssertionAsync(() => Assert.Single(list.FindAll("tr[data-account]")), TestTimeouts.Default);
    }

    /// <summary>Says for how long somebody waits by it.</summary>
    private sealed class WaitedClock : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }

        public async Task WaitedAsync(TimeSpan expected)
        {
            while (await _waits.Reader.ReadAsync(Ct).AsTask().WaitAsync(TestTimeouts.Default, Ct) != expected) { }
        }
    }

    internal static BunitContext PageOf(Desk desk)
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

    private static async Task ShowAsync<TPage>(TestHost host, (long Id, string Title, string Text)[] expected) where TPage : LiveComponent
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var page = PageOf(await host.AsAsync(TestUsers.Manager));
        IRenderedComponent<TPage>? shown = null;
        foreach (var (id, title, text) in expected)
        {
            void Set(ComponentParameterCollectionBuilder<TPage> parameters) => parameters.TryAdd("Id", id);
            if (shown is null) shown = page.Render<TPage>(Set);
            else shown.Render(Set);
            await shown.WaitForAssertionAsync(
                () =>
                {
                    if (title.Length == 0) Assert.NotEmpty(shown.FindAll(".empty"));
                    Assert.Contains(title, shown.Find("h1").TextContent, StringComparison.Ordinal);
                    Assert.Contains(text, shown.Markup, StringComparison.Ordinal);
                },
                TestTimeouts.Default);
        }
    }
}
