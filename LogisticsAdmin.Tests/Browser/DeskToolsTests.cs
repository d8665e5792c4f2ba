using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>How people customise the desk: saved views, display settings, canned replies.</summary>
public sealed class DeskToolsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_saved_view_is_there_after_a_reload_and_its_count_moves_with_somebody_else_s_report()
    {
        var mark = $"V{Guid.NewGuid():N}"[..8];
        await Fixture.Work.ReportAsync($"水管爆裂 {mark}");
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await page.ClickAsync("[data-save-view]");
        await Expect(page.Locator("#view-name")).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync(mark);
        await page.Keyboard.PressAsync("Enter");
        var count = page.Locator($"[data-saved-count='{mark}']");
        await Expect(count).ToHaveTextAsync("1");

        await desk.GoAsync("/repairs?view=OnHold");
        await Expect(count).ToHaveTextAsync("1");
        var resident = await SignInAsync(TestUsers.Resident, new Viewport(Width: Viewport.Phone));
        var number = await resident.ReportAsync($"又漏水了 {mark}");
        await Expect(count).ToHaveTextAsync("2");
        await page.ClickAsync($"a:has([data-saved-count='{mark}'])");
        await Expect(desk.Ticket(number, TicketStatus.New)).ToBeVisibleAsync();
        await Expect(page.Locator($"a:has([data-saved-count='{mark}'])")).ToHaveAttributeAsync("aria-current", "true");
        await desk.PictureAsync("desk-saved-view");

        await page.ClickAsync("[data-keep-views=repairs]");
        await desk.PictureAsync("dialog-views");
        await desk.DemandAccessibleAsync("the dialog of views");
        var row = page.Locator($".keep-views li[data-view='{mark}']");
        await row.Locator("[data-delete]").ClickAsync();
        await row.Locator("[data-delete].sure").ClickAsync();
        await Expect(count).ToHaveCountAsync(0);
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task Views_are_put_in_order_by_keyboard()
    {
        var mark = $"O{Guid.NewGuid():N}"[..8];
        var desk = await SignInAsync(TestUsers.Manager);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        foreach (var name in new[] { $"{mark}甲", $"{mark}乙" })
        {
            await desk.GoAsync($"/repairs?view=All&q={mark}");
            await page.ClickAsync("[data-save-view]");
            await Expect(page.Locator("#view-name")).ToBeFocusedAsync();
            await keys.InsertTextAsync(name);
            await keys.PressAsync("Enter");
            await Expect(page.Locator($"[data-saved-count='{name}']")).ToBeVisibleAsync();
        }
        await page.ClickAsync("[data-keep-views=repairs]");
        await page.FocusAsync($".keep-views li[data-view='{mark}乙'] input");
        await keys.PressAsync("Alt+ArrowUp");
        await Expect(page.Locator($".keep-views li[data-view^='{mark}'] input").First).ToHaveValueAsync($"{mark}乙");
        await Expect(page.Locator($".keep-views li[data-view='{mark}乙'] input").First).ToBeFocusedAsync();
        await Expect(page.Locator($"[data-saved-count^='{mark}']").First).ToHaveAttributeAsync("data-saved-count", $"{mark}乙");
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task Desk_settings_apply_wherever_the_person_signs_in(string language, bool dark)
    {
        var mark = $"L{Guid.NewGuid():N}"[..8];
        var first = await Fixture.Work.ReportAsync($"一号 {mark}", Urgency.Emergency);
        var second = await Fixture.Work.ReportAsync($"二号 {mark}", Urgency.Normal);
        var desk = await SignInAsync("100103", new Viewport(language, dark));
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await OrderAsync(desk, [first, second]);
        await page.ClickAsync(".menu.look summary");
        await page.CheckAsync("[name=look-sort][value=Newest]");
        await OrderAsync(desk, [second, first]);
        await page.CheckAsync("[name=look-density][value=Compact]");
        await page.CheckAsync("[name=look-fact][value=Submitted]");
        await page.CheckAsync("[name=look-fact][value=Phone]");
        await Expect(desk.Ticket(first)).ToContainTextAsync("13800002071");
        await desk.DemandAccessibleAsync("the compact desk");
        await desk.PictureAsync("desk-look");

        var elsewhere = await ArriveAsync(new Viewport(language, dark));
        await elsewhere.SignInAsync("100103");
        await elsewhere.GoAsync($"/repairs?view=All&q={mark}");
        await Expect(elsewhere.Page.Locator("table.tickets.compact[data-sort=Newest]")).ToBeVisibleAsync();
        await OrderAsync(elsewhere, [second, first]);
        await Expect(elsewhere.Ticket(first)).ToContainTextAsync("13800002071");
        await elsewhere.GoAsync("/repairs?view=All");
        await elsewhere.PictureAsync("desk-compact");

        await page.CheckAsync("[name=look-sort][value=Pressing]");
        await page.CheckAsync("[name=look-density][value=Comfortable]");
        await page.UncheckAsync("[name=look-fact][value=Submitted]");
        await page.UncheckAsync("[name=look-fact][value=Phone]");
        await OrderAsync(desk, [first, second]);

        static Task OrderAsync(Visitor desk, string[] numbers) => Expect(desk.Page.Locator("tr[data-ticket]")).ToContainTextAsync(numbers);
    }

    [Fact]
    public async Task A_ticket_s_number_is_not_broken_at_its_hyphen_on_a_phone()
    {
        var number = await Fixture.Work.TicketAsync("热水器没有热水", 2);
        var id = await Fixture.Work.IdAsync(number);
        await (await Fixture.Work.AsAsync(TestUsers.Technician)).Repairs.RequestExtensionAsync(
            id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: TestContext.Current.CancellationToken);
        await (await Fixture.Work.AsAsync(TestUsers.Resident)).Repairs.NudgeAsync(id, new NoteForm(), TestContext.Current.CancellationToken);
        foreach (var language in new[] { Viewport.Chinese, Viewport.English })
        {
            var desk = await SignInAsync(TestUsers.Dispatcher, new Viewport(language, Width: Viewport.Phone));
            await desk.GoAsync($"/repairs?view=All&q={number}");
            await Expect(desk.Ticket(number)).ToBeVisibleAsync();
            await desk.PictureAsync("desk-number-on-a-phone");
            var lines = await desk.Ticket(number).Locator(".l2").EvaluateAsync<int>("""
                (line, number) => {
                  const words = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
                  while (words.nextNode()) {
                    const at = words.currentNode.data.indexOf(number);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(words.currentNode, at);
                    range.setEnd(words.currentNode, at + number.length);
                    return range.getClientRects().length;
                  }
                  return 0;
                }
                """, number);
            Assert.Equal(1, lines);
        }
    }

    [Theory]
    [InlineData(DeskDensity.Comfortable, 1440)]
    [InlineData(DeskDensity.Comfortable, 1280)]
    [InlineData(DeskDensity.Compact, 1440)]
    [InlineData(DeskDensity.Compact, 1280)]
    public async Task With_every_fact_shown_in_English_none_is_shown_in_part(DeskDensity density, int width)
    {
        var mark = $"W{Guid.NewGuid():N}"[..8];
        var number = await Fixture.Work.ReportAsync($"洗手池水龙头关不紧，一直滴水，晚上滴答声很吵 {mark}", Urgency.Urgent);
        await Fixture.Work.ReportAsync($"Tap drips {mark}");
        var technician = await Fixture.Work.TicketAsync($"热水器没有热水 {mark}", 2);
        await (await Fixture.Work.AsAsync(TestUsers.Technician)).Repairs.RequestExtensionAsync(
            await Fixture.Work.IdAsync(technician), new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: TestContext.Current.CancellationToken);
        await (await Fixture.Work.AsAsync(TestUsers.Resident)).Repairs.NudgeAsync(
            await Fixture.Work.IdAsync(technician), new NoteForm(), TestContext.Current.CancellationToken);
        var service = (await Fixture.Work.AsAsync("100104")).Get<DeskSettingsService>();
        await service.SaveAsync(
            new DeskSettings(density, DeskSort.Pressing, Enum.GetValues<DeskFact>().Aggregate((all, fact) => all | fact)),
            TestContext.Current.CancellationToken);
        try
        {
            var desk = await SignInAsync("100104", new Viewport(Viewport.English, Width: width));
            await desk.GoAsync($"/repairs?view=All&q={mark}&t={number}");
            await Expect(desk.Page.Locator("#sheet-title")).ToBeVisibleAsync();
            await Expect(desk.Page.Locator("tr[data-ticket]")).ToHaveCountAsync(3);
            await desk.PictureAsync($"desk-all-facts-{density}");
            var cut = await desk.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('.ticket .l2')].flatMap(line => {
                  const box = line.getBoundingClientRect();
                  const texts = [...line.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
                  const facts = texts.flatMap(text => [...text.data.matchAll(/[^\u2002 ]+/g)].map(fact => {
                    const range = document.createRange();
                    range.setStart(text, fact.index);
                    range.setEnd(text, fact.index + fact[0].length);
                    return range;
                  }));
                  const flags = [...line.children].map(flag => { const range = document.createRange(); range.selectNodeContents(flag); return range; });
                  return [...flags, ...facts].filter(fact => {
                    const at = fact.getBoundingClientRect();
                    const outOfSight = at.top >= box.bottom - 1;
                    return !outOfSight && (at.height > 24 || at.right > box.right + 1 || at.bottom > box.bottom + 1);
                  }).map(fact => fact.toString());
                })
                """);
            Assert.Empty(cut);
            if (density == DeskDensity.Compact)
            {
                await Expect(desk.Ticket(number).Locator(".l2")).ToHaveAttributeAsync(
                    "title",
                    new System.Text.RegularExpressions.Regex($"^.* · 13800002071 · Bamboo Court 3 512 · Tap · {number}$"));
            }
        }
        finally
        {
            await service.SaveAsync(DeskSettings.Default, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_canned_reply_goes_behind_what_was_typed_and_a_refused_macro_loses_nothing()
    {
        var number = await Fixture.Work.TicketAsync($"水龙头滴水 R{Guid.NewGuid():N}"[..14], 2);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await Expect(page.Locator("#sheet-title")).ToBeVisibleAsync();
        var reply = page.Locator("#reply-text");

        await page.FillAsync("#reply-text", "王同学好。");
        await keys.PressAsync("Escape");
        await keys.PressAsync("m");
        await Expect(page.Locator("#reply-filter")).ToBeFocusedAsync();
        await desk.PictureAsync("reply-picker");
        await desk.DemandAccessibleAsync("the menu of canned replies");
        await keys.InsertTextAsync("没有这条");
        await Expect(page.Locator("#reply-options [aria-disabled]")).ToBeVisibleAsync();
        await keys.PressAsync("ArrowDown");
        await page.FillAsync("#reply-filter", "待料");
        await Expect(page.Locator("#reply-options li")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(reply).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^王同学好。\n王小雨您好，所需配件"));
        await Expect(reply).ToBeFocusedAsync();
        await Expect(page.Locator(".pending")).ToBeVisibleAsync();
        await desk.PictureAsync("reply-macro");

        var office = await Fixture.Work.AsAsync(TestUsers.Manager);
        var id = await Fixture.Work.IdAsync(number);
        await office.Repairs.HoldAsync(id, new HoldForm { Reason = HoldReason.Access }, TestContext.Current.CancellationToken);
        await Expect(desk.Ticket(number, TicketStatus.OnHold)).ToBeVisibleAsync();
        await reply.FocusAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator("#reply-problem")).ToBeVisibleAsync();
        await Expect(reply).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^王同学好。\n王小雨您好"));

        await office.Repairs.ResumeAsync(id, new NoteForm(), TestContext.Current.CancellationToken);
        await Expect(desk.Ticket(number, TicketStatus.Taken)).ToBeVisibleAsync();
        await reply.FocusAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(desk.Ticket(number, TicketStatus.OnHold)).ToBeVisibleAsync();
        await Expect(page.Locator("section.sheet ol")).ToContainTextAsync("所需配件暂无库存");
        await Expect(reply).ToHaveValueAsync("");
        await Expect(page.Locator(".pending")).ToHaveCountAsync(0);
        Assert.Empty(desk.Problems);
    }

    [Theory]
    [InlineData("Space")]
    [InlineData("Tab")]
    public async Task A_shortcut_becomes_its_text_where_it_was_typed(string key)
    {
        var number = await Fixture.Work.TicketAsync($"灯不亮 S{Guid.NewGuid():N}"[..12], 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await Expect(page.Locator("#sheet-title")).ToBeVisibleAsync();
        await keys.PressAsync("c");
        await Expect(page.Locator("#reply-text")).ToBeFocusedAsync();
        await keys.TypeAsync("好的 /anpai");
        await Expect(page.Locator("[data-shortcuts*='anpai']")).ToHaveCountAsync(1);
        await keys.PressAsync(key);
        await keys.TypeAsync("谢谢");
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^好的 王小雨您好，您报修的竹园3号楼 512已安排师傅上门.*前处理完毕。谢谢$"));
    }

    [Fact]
    public async Task Shared_replies_are_kept_on_their_page()
    {
        var name = $"测试{Guid.NewGuid():N}"[..8];
        var manager = await SignInAsync(TestUsers.Manager);
        var page = manager.Page;
        await manager.GoAsync("/repairs/replies");
        await page.ClickAsync("[data-create]");
        await page.FillAsync("#reply-name", name);
        await page.FillAsync("#reply-zh", "{报修人}您好，{天气}不好。");
        await page.ClickAsync("[data-confirm]");
        await Expect(page.Locator("#reply-zh-problem")).ToContainTextAsync("{天气}");
        await page.FillAsync("#reply-zh", "{报修人}您好，{地点}今天停水。");
        await Expect(page.Locator(".preview")).ToContainTextAsync("王小雨您好，竹园3号楼 512今天停水。");
        await manager.PictureAsync("dialog-reply");
        await manager.DemandAccessibleAsync("the dialog of a canned reply");
        await page.FillAsync("#reply-shortcut", name);
        await page.ClickAsync("[data-confirm]");
        var row = page.Locator($"tr[data-reply='{name.ToLowerInvariant()}']");
        await Expect(row).ToBeVisibleAsync();

        await row.Locator("[data-retire]").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await page.CheckAsync(".filters input[type=checkbox]");
        await row.Locator("[data-restore]").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Empty(manager.Problems);
    }
}
