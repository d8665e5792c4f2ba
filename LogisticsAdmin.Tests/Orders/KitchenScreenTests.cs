using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Orders.Kitchen;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Screens that stay on while nobody orders.</summary>
public sealed class KitchenScreenTests
{
    private const int Screens = 5;

    [Fact]
    public async Task An_order_that_nobody_touches_turns_late_on_all_screens_without_being_read_again_and_the_next_day_begins_without_it()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        await host.PaidAsync("100", PaymentTarget.Own);
        await host.OrderAsync(host.Dinner(shop));
        await using var page = FeePagesTests.PageOf(await host.AsAsync(TestUsers.Dispatcher));
        page.Services.AddSingleton<TimeProvider>(host.Clock);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"orders/kitchen?canteen={shop.Canteen}");
        List<IRenderedComponent<KitchenPage>> screens = [];
        for (var n = 0; n < Screens; n++)
        {
            var screen = page.Render<KitchenPage>();
            screens.Add(screen);
            await screen.WaitForAssertionAsync(() => Assert.Single(screen.FindAll("li.order")), TestTimeouts.Default);
            Assert.Empty(screen.FindAll("li.late"));
        }
        var board = host.Services.GetRequiredService<KitchenBoard>();
        var reads = board.Reads;

        // Its slot begins three hours after the tests do.
        host.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromMinutes(10));

        foreach (var screen in screens)
            await screen.WaitForAssertionAsync(() => Assert.Single(screen.FindAll("li.late")), TestTimeouts.Default);
        Assert.Equal(reads, board.Reads);

        var another = page.Render<KitchenPage>();
        await another.WaitForAssertionAsync(() => Assert.Single(another.FindAll("li.late")), TestTimeouts.Default);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await another.WaitForAssertionAsync(() => Assert.Empty(another.FindAll("li.order")), TestTimeouts.Default);
    }
}
