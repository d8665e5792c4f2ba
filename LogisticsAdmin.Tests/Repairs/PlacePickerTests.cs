using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Desk.Panel;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The room of a ticket in the dialogs of the office: found by typing, and kept where it has retired.</summary>
public sealed class PlacePickerTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_is_corrected_to_a_room_that_was_typed()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var (host, desk, ticket) = await OpenAsync();
        await using var opened = host;
        await using var page = await CorrectAsync(desk, ticket);
        var dialog = page.Dialogs;
        await dialog.WaitForAssertionAsync(() => Assert.Equal("竹园3号楼 512", Typed(dialog)), TestTimeouts.Default);

        await dialog.Find("#place-room").InputAsync("zy3 511");
        await dialog.WaitForAssertionAsync(() => Assert.Single(dialog.FindAll("#place-rooms [role=option]")), TestTimeouts.Default);
        await dialog.Find("#place-rooms [role=option]").ClickAsync();
        Assert.Equal("竹园3号楼 511", Typed(dialog));
        await dialog.Find("form#correct-form").SubmitAsync();

        Assert.Equal(await BedTests.RoomAsync(host, "511"), await RoomOfAsync(host, ticket.Id));
    }

    [Fact]
    public async Task A_retired_room_stays_the_choice_is_marked_and_comes_back_when_it_was_typed_over()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var (host, desk, ticket) = await OpenAsync();
        await using var opened = host;
        await using var page = await CorrectAsync(desk, ticket);
        var dialog = page.Dialogs;
        await dialog.WaitForAssertionAsync(() => Assert.Equal("竹园3号楼 512", Typed(dialog)), TestTimeouts.Default);
        Assert.Empty(dialog.FindAll("[data-retired-room]"));
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(async token =>
            {
                (await db.Rooms.SingleAsync(r => r.Id == ticket.RoomId, token)).Retire(TestHost.Start, null, "改建");
                db.Announce(new KeyChanged(PlacesTopics.Places, ticket.BuildingId));
            }, Ct);
            return 0;
        });
        await dialog.WaitForAssertionAsync(() => Assert.Contains("停用", dialog.Find("[data-retired-room]").TextContent, StringComparison.Ordinal),
            TestTimeouts.Default);
        Assert.Equal("竹园3号楼 512", Typed(dialog));

        // Without a room nothing is saved, and the field says so.
        await dialog.Find("#place-room").InputAsync("竹园3号楼 51");
        await dialog.Find("form#correct-form").SubmitAsync();
        Assert.Equal(ticket.RoomId, await RoomOfAsync(host, ticket.Id));
        Assert.NotEmpty(dialog.Find("#place-room-problem").TextContent);
        await dialog.WaitForAssertionAsync(
            () => Assert.Contains("停用", dialog.Find("#place-rooms [role=option]").TextContent, StringComparison.Ordinal), TestTimeouts.Default);
        await dialog.Find("#place-rooms [role=option]").ClickAsync();
        await dialog.Find("#correct-phone").InputAsync("13955501234");
        await dialog.Find("form#correct-form").SubmitAsync();

        await dialog.WaitForAssertionAsync(() => Assert.Empty(dialog.FindAll("#correct-form")), TestTimeouts.Default);
        Assert.Equal((ticket.RoomId, "13955501234"), await host.InDatabaseAsync(db =>
            db.RepairTickets.Where(t => t.Id == ticket.Id).Select(t => ValueTuple.Create(t.RoomId, t.ContactPhone)).SingleAsync(Ct)));
    }

    private static string? Typed(IRenderedComponent<MudBlazor.MudDialogProvider> dialog) => dialog.Find("#place-room").GetAttribute("value");

    private static async Task<(TestHost Host, Desk Desk, RepairRow Ticket)> OpenAsync()
    {
        var host = await TestHost.OpenAsync();
        return (host, await host.AsAsync(TestUsers.Dispatcher), await host.TicketAsync());
    }

    private static async Task<DialogPage> CorrectAsync(Desk desk, RepairRow ticket)
    {
        var detail = await desk.Tickets.DetailAsync(ticket.Number, Ct);
        var page = new DialogPage(desk);
        await page.ShowAsync<CorrectDialog>(p => p.Add(d => d.Detail, detail));
        return page;
    }

    private static Task<long> RoomOfAsync(TestHost host, long ticket) =>
        host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket).Select(t => t.RoomId).SingleAsync(Ct));
}
