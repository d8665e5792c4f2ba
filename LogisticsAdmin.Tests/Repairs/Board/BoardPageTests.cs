using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor.Services;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Board;

/// <summary>The open board while others change tickets.</summary>
public sealed class BoardPageTests
{

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_moves_by_itself_when_a_colleague_moves_the_ticket()
    {
        await using var host = await TestHost.OpenAsync();
        var (ticket, other) = (await host.TicketAsync(), await host.TicketAsync());
        Speak(Languages.Chinese);
        await using var context = await OpenAsync(host);
        var board = context.Render<RepairBoard>();
        await SeesAsync(board, ticket, TicketStatus.New, newOnes: 2);
        var calm = board.FindComponents<BoardCard>().Single(c => c.Instance.Row.Id == other.Id);
        var renders = calm.RenderCount;

        await (await host.AsAsync(TestUsers.Manager)).Repairs.TriageAsync(ticket.Id, Ct);

        await SeesAsync(board, ticket, TicketStatus.Triaged, newOnes: 1);
        Assert.Equal(renders, calm.RenderCount);
    }

    [Fact]
    public async Task A_drop_performs_the_verb_and_the_feed_moves_the_card()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        Speak(Languages.Chinese);
        await using var context = await OpenAsync(host);
        var board = context.Render<RepairBoard>();
        await SeesAsync(board, ticket, TicketStatus.New, newOnes: 1);

        await board.InvokeAsync(() => board.Instance.DropAsync(ticket.Number, nameof(TicketStatus.Triaged)));

        Assert.Equal(TicketStatus.Triaged, (await host.RowAsync(ticket.Number)).Status);
        await SeesAsync(board, ticket, TicketStatus.Triaged, newOnes: 0);
        await board.WaitForAssertionAsync(
            () => Assert.Equal($"{ticket.Number} 已移到“待派单”。", board.Find("[data-said]").TextContent), TestTimeouts.Default);
    }

    [Fact]
    public async Task A_drop_that_no_verb_allows_says_why_and_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        Speak(Languages.Chinese);
        await using var context = await OpenAsync(host);
        var board = context.Render<RepairBoard>();
        await SeesAsync(board, ticket, TicketStatus.New, newOnes: 1);

        await board.InvokeAsync(() => board.Instance.DropAsync(ticket.Number, nameof(TicketStatus.InProgress)));

        Assert.Equal("开工由维修师傅自己确认。", board.Find("[data-said]").TextContent);
        Assert.Equal(TicketStatus.New, (await host.RowAsync(ticket.Number)).Status);
        await SeesAsync(board, ticket, TicketStatus.New, newOnes: 1);
    }

    [Fact]
    public async Task The_address_narrows_the_board()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        Speak(Languages.Chinese);
        await using var context = await OpenAsync(host);
        var navigation = context.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/repairs/board?building={ticket.BuildingId + 1}");
        Assert.Empty(context.Render<RepairBoard>().FindAll("[data-ticket]"));
        navigation.NavigateTo($"/repairs/board?building={ticket.BuildingId}");
        Assert.Single(context.Render<RepairBoard>().FindAll("[data-ticket]"));
    }

    private static Task SeesAsync(IRenderedComponent<RepairBoard> board, RepairRow ticket, TicketStatus status, int newOnes) =>
        board.WaitForAssertionAsync(() =>
        {
            Assert.Equal(status.ToString(), board.Find($"[data-column='{status}'] [data-ticket='{ticket.Number}']").GetAttribute("data-status"));
            Assert.Single(board.FindAll($"[data-ticket='{ticket.Number}']"));
            Assert.Equal(newOnes.ToString(CultureInfo.InvariantCulture), board.Find("[data-count=New]").TextContent);
        }, TestTimeouts.Default);

    private static void Speak(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);

    private static async Task<BunitContext> OpenAsync(TestHost host)
    {
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.JSInterop.SetupModule("./Features/Repairs/Desk/Board/RepairBoard.razor.js").Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        context.Services.AddSingleton(host.Services.GetRequiredService<IChangeFeed>());
        context.Services.AddSingleton(desk.Get<CurrentUser>());
        context.Services.AddSingleton(desk.Lists);
        context.Services.AddSingleton(desk.Choices);
        context.Services.AddSingleton(desk.Repairs);
        context.Services.AddSingleton(desk.Get<OfficeTime>());
        context.Services.AddSingleton(desk.Get<RefusalText>());
        context.Services.AddSingleton(host.Services.GetRequiredService<IStringLocalizerFactory>());
        context.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        context.Services.AddScoped<Actions>();
        context.Services.AddFallbackServiceProvider(desk.Get<IServiceProvider>());
        return context;
    }
}
