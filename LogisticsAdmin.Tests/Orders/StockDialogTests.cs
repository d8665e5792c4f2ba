using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Orders.Shelf.Parts;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Goods that are counted while they are sold.</summary>
public sealed class StockDialogTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_sale_the_dialog_says_the_new_stock_and_then_takes_what_was_counted()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var item = await SoapAsync(desk);
        await using var page = new DialogPage(desk);
        await page.ShowAsync<MovementDialog>(d => d.Add(x => x.Item, item));
        await SellAsync(host, shop, 2);
        await CountAsync(page, "7");

        await page.Dialogs.Find("#movement-form").SubmitAsync();
        Assert.Contains("8", page.Problem, StringComparison.Ordinal);
        Assert.Contains("8", page.Dialogs.Find("#movement-form p.muted").TextContent, StringComparison.Ordinal);
        Assert.Equal(8, await StockAsync(host, shop));

        // It is compared again: what was sold between reading the number and sending is not lost.
        await SellAsync(host, shop, 1);
        await page.Dialogs.Find("#movement-form").SubmitAsync();
        Assert.Contains("7", page.Problem, StringComparison.Ordinal);
        await page.Dialogs.Find("#movement-quantity").InputAsync("6");
        await page.Dialogs.Find("#movement-form").SubmitAsync();

        await page.Dialogs.WaitForAssertionAsync(() => Assert.Empty(page.Dialogs.FindAll("#movement-form")), TestTimeouts.Default);
        Assert.Equal(6, await StockAsync(host, shop));
        await host.DemandOrdersSoundAsync();
    }

    [Theory]
    [InlineData("10")]
    [InlineData(null)]
    public async Task A_draft_that_was_typed_at_another_stock_is_outdated_and_refused_once(string? typedAt)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        await SellAsync(host, shop, 2);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var item = await SoapAsync(desk);
        await using var page = new DialogPage(desk);
        page.Keep(new RestoredDraft(null, [new DraftField("movement-quantity", "10")], typedAt));
        await page.ShowAsync<MovementDialog>(d => d.Add(x => x.Item, item));
        await page.Dialogs.WaitForElementAsync("[data-draft-restored]");
        await CountAsync(page, "10");

        await page.Dialogs.Find("#movement-form").SubmitAsync();
        Assert.Contains("8", page.Problem, StringComparison.Ordinal);
        Assert.Equal(8, await StockAsync(host, shop));

        await page.Dialogs.Find("#movement-form").SubmitAsync();
        await page.Dialogs.WaitForAssertionAsync(() => Assert.Empty(page.Dialogs.FindAll("#movement-form")), TestTimeouts.Default);
        Assert.Equal(10, await StockAsync(host, shop));
    }

    private static async Task CountAsync(DialogPage page, string quantity)
    {
        await page.Dialogs.Find("#movement-kind").ChangeAsync(nameof(MovementKind.Counted));
        await page.Dialogs.Find("#movement-quantity").InputAsync(quantity);
    }

    private static async Task<ItemRow> SoapAsync(Desk desk) =>
        (await desk.Get<ItemService>().ListAsync(new ItemFilter(ShelfKind.Goods) { Text = "G1" }, Ct)).Items.Single(i => i.Code == "G1");

    private static Task<string> SellAsync(TestHost host, Shop shop, int quantity) => host.OrderAsync(new OrderForm
    {
        Shelf = ShelfKind.Goods,
        Lines = [new BasketLine(shop.Soap, quantity)],
        Key = Guid.NewGuid(),
    });

    private static Task<int> StockAsync(TestHost host, Shop shop) =>
        host.InDatabaseAsync(db => db.ShelfItems.Where(i => i.Id == shop.Soap).Select(i => i.Stock).SingleAsync(Ct));
}
