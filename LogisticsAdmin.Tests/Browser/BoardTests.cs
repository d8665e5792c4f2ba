using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Two people use the board at the same time.</summary>
public sealed class BoardTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_card_dragged_on_one_board_moves_on_the_other_without_a_reload()
    {
        var mark = Mark();
        var number = await Fixture.Work.ReportAsync($"水管爆裂 {mark}", Urgency.Emergency);
        var (mine, theirs) = (await OpenBoardAsync(TestUsers.Dispatcher, mark), await OpenBoardAsync(TestUsers.EnglishDispatcher, mark));
        await Expect(In(mine, TicketStatus.New, number)).ToBeVisibleAsync();
        await Expect(In(theirs, TicketStatus.New, number)).ToBeVisibleAsync();
        await theirs.Page.EvaluateAsync("window.neverReloaded = true");

        await In(mine, TicketStatus.New, number).HoverAsync();
        await mine.Page.Mouse.DownAsync();
        await Column(mine, TicketStatus.Triaged).HoverAsync();
        await Column(mine, TicketStatus.Triaged).HoverAsync();
        await Expect(Column(mine, TicketStatus.Triaged)).ToHaveAttributeAsync("data-drop", "yes");
        await Expect(Column(mine, TicketStatus.InProgress)).ToHaveAttributeAsync("data-drop", "no");
        await mine.Page.Mouse.UpAsync();

        await Expect(In(theirs, TicketStatus.Triaged, number)).ToBeVisibleAsync();
        await Expect(In(mine, TicketStatus.Triaged, number)).ToBeVisibleAsync();
        await Expect(theirs.Page.Locator("[data-count=Triaged]")).ToHaveTextAsync("1");
        await Expect(mine.Page.Locator("[data-drop]")).ToHaveCountAsync(0);

        // A move that no verb allows leaves the card in place and shows why.
        await In(mine, TicketStatus.Triaged, number).DragToAsync(Column(mine, TicketStatus.Taken));
        await Expect(mine.Page.Locator("[data-said]")).ToHaveTextAsync("接单由维修师傅自己确认，请先派单。");
        await Expect(In(mine, TicketStatus.Triaged, number)).ToBeVisibleAsync();

        // Cancelling the dialog leaves the card where it was.
        await In(mine, TicketStatus.Triaged, number).DragToAsync(Column(mine, TicketStatus.Assigned));
        await Expect(mine.Page.Locator("#assign-form")).ToBeVisibleAsync();
        await mine.Page.Keyboard.PressAsync("Escape");
        await Expect(mine.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(In(theirs, TicketStatus.Triaged, number)).ToBeVisibleAsync();
        Assert.True(await theirs.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        foreach (var visitor in new[] { mine, theirs }) Assert.Empty(visitor.Problems);
    }

    [Fact]
    public async Task The_last_move_on_the_board_is_undone_by_key()
    {
        var mark = Mark();
        var number = await Fixture.Work.ReportAsync($"一号 {mark}");
        var board = await OpenBoardAsync(TestUsers.Dispatcher, mark);
        var keys = board.Page.Keyboard;
        await Expect(In(board, TicketStatus.New, number)).ToBeVisibleAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("m");
        await Expect(board.Page.Locator("input[name=move][value=Triaged]")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(board.Page.Locator("[data-undo=Triage]")).ToBeVisibleAsync();
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await keys.PressAsync("z");

        await Expect(In(board, TicketStatus.New, number)).ToBeVisibleAsync();
        Assert.Empty(board.Problems);
    }

    [Fact]
    public async Task The_board_is_worked_by_keyboard_alone()
    {
        var mark = Mark();
        var first = await Fixture.Work.ReportAsync($"一号 {mark}", Urgency.Emergency);
        var second = await Fixture.Work.ReportAsync($"二号 {mark}", Urgency.Normal);
        var (mine, theirs) = (await OpenBoardAsync(TestUsers.Dispatcher, mark), await OpenBoardAsync(TestUsers.EnglishDispatcher, mark));
        var keys = mine.Page.Keyboard;
        await Expect(In(mine, TicketStatus.New, second)).ToBeVisibleAsync();

        await keys.PressAsync("ArrowDown");
        await Expect(In(mine, TicketStatus.New, first)).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(In(mine, TicketStatus.New, second)).ToBeFocusedAsync();
        await keys.PressAsync("m");
        await Expect(mine.Page.Locator("input[name=move][value=Triaged]")).ToBeFocusedAsync();
        await mine.DemandAccessibleAsync("the dialog that moves a card");
        await keys.PressAsync("Enter");

        await Expect(In(theirs, TicketStatus.Triaged, second)).ToBeVisibleAsync();
        await Expect(In(mine, TicketStatus.Triaged, second)).ToBeFocusedAsync();
        await Expect(mine.Page.Locator("[data-said]")).ToContainTextAsync(second);
        await keys.PressAsync("ArrowLeft");
        await Expect(In(mine, TicketStatus.New, first)).ToBeFocusedAsync();
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("m");
        await Expect(mine.Page.Locator("input[name=move]").First).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(mine.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(In(mine, TicketStatus.Triaged, second)).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(In(mine, TicketStatus.Triaged, second)).Not.ToBeFocusedAsync();

        await keys.PressAsync("ArrowDown");
        await Expect(In(mine, TicketStatus.New, first)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(mine.Page).ToHaveURLAsync(new Regex($"/repairs/{first}$"));
        Assert.Empty(mine.Problems);
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task The_board_in_use_satisfies_axe(string language, bool dark)
    {
        var mark = Mark();
        for (var steps = 0; steps < 5; steps++) await Fixture.Work.TicketAsync($"空调不制冷，室外机有异响 {mark}", steps);
        await Fixture.Work.ReportAsync($"配电箱冒烟 {mark}", Urgency.Emergency);
        var visitor = await OpenBoardAsync(TestUsers.Dispatcher, mark, new Viewport(language, dark));
        await Expect(visitor.Page.Locator("[data-ticket]")).ToHaveCountAsync(6);
        await visitor.PictureAsync("board-in-use");
        await visitor.DemandAccessibleAsync("the board");
        await visitor.Page.ClickAsync("[data-column=InProgress] [data-move]");
        await Expect(visitor.Page.Locator("#move-form")).ToBeVisibleAsync();
        await visitor.PictureAsync("board-move");
        Assert.Empty(visitor.Problems);
    }

    [Fact]
    public async Task List_and_board_keep_each_other_s_filter()
    {
        var mark = Mark();
        var number = await Fixture.Work.TicketAsync($"门锁坏了 {mark}", 1);
        var visitor = await SignInAsync(TestUsers.Dispatcher);
        await visitor.GoAsync($"/repairs?view=All&q={mark}");
        await visitor.Page.ClickAsync("[data-board-link]");
        await Expect(In(visitor, TicketStatus.Assigned, number)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("[data-ticket]")).ToHaveCountAsync(1);
        await visitor.GoAsync($"/repairs?view=All&status=Assigned&q={mark}");
        await Expect(visitor.Ticket(number, TicketStatus.Assigned)).ToBeVisibleAsync();
        await visitor.Page.ClickAsync("[data-status-chip]");
        await Expect(visitor.Page.Locator("[data-status-chip]")).ToHaveCountAsync(0);
        await Expect(visitor.Ticket(number, TicketStatus.Assigned)).ToBeVisibleAsync();
    }

    private static string Mark() => $"B{Guid.NewGuid():N}"[..8];

    private async Task<Visitor> OpenBoardAsync(string userName, string mark, Viewport? viewport = null)
    {
        var visitor = await SignInAsync(userName, viewport);
        await visitor.GoAsync($"/repairs/board?q={mark}");
        await Expect(visitor.Page.Locator("[data-column]")).ToHaveCountAsync(8);
        return visitor;
    }

    private static ILocator Column(Visitor visitor, TicketStatus status) => visitor.Page.Locator($"[data-column={status}]");

    private static ILocator In(Visitor visitor, TicketStatus status, string number) => Column(visitor, status).Locator($"[data-ticket='{number}']");
}
