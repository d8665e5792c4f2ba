using Bunit;
using LogisticsAdmin.Features.Repairs.Desk.Pages;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The desk of a new system.</summary>
public sealed class FirstStepsTests
{
    [Theory]
    [InlineData(TestUsers.Administrator, new[] { "first-steps", "imports/rooms", "imports/people", "calendar", "repairs/levels" })]
    [InlineData(TestUsers.Dispatcher, new[] { "calendar", "repairs/levels" })]
    public async Task An_empty_desk_says_what_to_do_first_until_there_is_a_ticket(string who, string[] links)
    {
        await using var host = await TestHost.OpenAsync();
        var person = await host.AsAsync(who);
        await using var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.AddAuthorization().SetAuthorized(who).SetRoles([.. person.Get<CurrentUser>().Actor.Roles.Select(r => r.ToString())]);
        page.Services.AddSingleton(person.Get<IAuthorizationService>());
        page.Services.AddSingleton(person.Get<IAuthorizationPolicyProvider>());
        page.Services.AddSingleton(person.Get<RefusalText>());
        page.Services.AddSingleton(person.Get<IStringLocalizerFactory>());
        page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        page.Services.AddScoped<Actions>();
        page.Services.AddFallbackServiceProvider(person.Get<IServiceProvider>());

        var desk = page.Render<RepairDesk>();

        await desk.WaitForAssertionAsync(
            () => Assert.Equal(links, desk.FindAll("[data-first-steps] a").Select(a => a.GetAttribute("href"))), TestTimeouts.Default);
        await host.TicketAsync();
        await desk.WaitForAssertionAsync(() => Assert.Empty(desk.FindAll("[data-first-steps]")), TestTimeouts.Default);
    }
}
