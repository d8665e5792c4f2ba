using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Fees.Billing.Pages;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Reconciliation.Pages;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;
using Xunit;
using AccountPage = LogisticsAdmin.Features.Fees.Payments.Pages.Account;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Pages of one account and one bill, which a link to another one keeps.</summary>
public sealed class FeePagesTests
{
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

    private static async Task ShowAsync<TPage>(TestHost host, (long Id, string Title, string Text)[] expected) where TPage : LiveComponent
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var desk = await host.AsAsync(TestUsers.Manager);
        await using var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.Services.AddSingleton(desk.Get<RefusalText>());
        page.Services.AddSingleton(desk.Get<IChangeFeed>());
        page.Services.AddSingleton(desk.Get<IStringLocalizerFactory>());
        page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        page.Services.AddScoped<Actions>();
        page.Services.AddFallbackServiceProvider(desk.Get<IServiceProvider>());
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
