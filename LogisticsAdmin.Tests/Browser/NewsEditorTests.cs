using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Writing a notice in two open editors, and publishing it by keyboard alone.</summary>
public sealed class NewsEditorTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_is_written_and_published_by_keyboard_alone()
    {
        var desk = await SignInAsync(TestUsers.Administrator);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync("/news/new?template=water-cut&日期=11 月 28 日&范围=竹园&原因=检修&时间=8:00&date=28 Nov&place=Zhuyuan&reason=works&time=8:00");
        await Expect(page.Locator("#fill-日期")).ToHaveValueAsync("11 月 28 日");
        await page.FocusAsync("[data-begin]");
        await keys.PressAsync("Enter");
        await page.WaitForURLAsync("**/edit");
        await desk.ReadyAsync();
        await Expect(page.Locator("#news-title")).ToHaveValueAsync("11 月 28 日竹园停水通知");

        await page.FocusAsync("#news-body");
        await keys.PressAsync("Control+End");
        await keys.TypeAsync("\n请储水");
        await keys.PressAsync("Shift+Home");
        await keys.PressAsync("Control+b");
        await Expect(page.Locator(".phone-text")).ToContainTextAsync("请储水");
        await Expect(page.Locator(".phone-text strong").Last).ToHaveTextAsync("请储水");
        await Expect(page.Locator(".saved")).ToHaveAttributeAsync("data-saved", "yes");
        await Expect(page.Locator(".saved")).ToContainTextAsync("已保存");

        // An outage without times and buildings is refused at its fields.
        await page.FocusAsync("[data-publish]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#outage-from-problem")).ToHaveTextAsync("请填写停供时间");
        await page.Locator("#outage-kind").SelectOptionAsync("");
        await page.Locator("[data-add-line]").SelectOptionAsync(nameof(AudienceField.Person));
        await page.FocusAsync("#audience-person");
        await keys.TypeAsync("王小雨");
        await Expect(page.Locator("#audience-persons [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-reach]")).ToHaveTextAsync("1 人");
        await desk.DemandAccessibleAsync("the editor");
        await desk.PictureAsync("news-editor");

        await page.FocusAsync("[data-publish]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-release-reach]")).ToHaveTextAsync("立即发给 1 人");
        await page.FocusAsync("[data-confirm]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-state]")).ToHaveAttributeAsync("data-state", nameof(NewsState.Published));

        await desk.GoAsync("/news?q=竹园停水");
        await Expect(page.Locator("tr[data-news]").First).ToHaveAttributeAsync("data-state", nameof(NewsState.Published));
        await desk.DemandAccessibleAsync("the list of news");
    }

    [Fact]
    public async Task Two_editors_see_each_other_and_neither_text_is_lost()
    {
        var writer = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var draft = await writer.DraftNewsAsync();
        await GrantAsync(TestUsers.Manager);
        var (mine, theirs) = (await SignInAsync(TestUsers.Administrator), await SignInAsync(TestUsers.Manager));
        await mine.GoAsync($"/news/{draft.Number}/edit");
        await theirs.GoAsync($"/news/{draft.Number}/edit");
        await Expect(mine.Page.Locator("[data-others]")).ToContainTextAsync("沈国栋");

        await theirs.Page.FillAsync("#news-body", "对方写的");
        await Expect(mine.Page.Locator("#news-body")).ToHaveValueAsync("对方写的");

        // Somebody saves while mine is still being typed.
        await mine.Page.FillAsync("#news-body", "我写的");
        var other = await Fixture.Work.AsAsync(TestUsers.Manager);
        var form = (await other.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form;
        form.Body = "对方又写的";
        await other.Get<NewsService>().SaveAsync(draft.Id, form, ct: Ct);
        await Expect(mine.Page.Locator("[data-conflict]")).ToContainTextAsync("沈国栋");
        await Expect(mine.Page.Locator("#news-body")).ToHaveValueAsync("我写的");
        await mine.DemandAccessibleAsync("the conflict");

        await mine.Page.ClickAsync("[data-keep-mine]");
        await Expect(mine.Page.Locator("[data-conflict]")).ToHaveCountAsync(0);
        await Expect(theirs.Page.Locator("#news-body")).ToHaveValueAsync("我写的");
        await mine.Page.ClickAsync("[data-revisions]");
        var dialog = mine.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("del").First).ToBeVisibleAsync();
        await dialog.Locator("[data-restore]").ClickAsync();
        await Expect(mine.Page.Locator("#news-body")).ToHaveValueAsync("对方又写的");
    }

    [Fact]
    public async Task What_is_typed_stays_as_typed_and_is_stored_when_the_editor_is_left()
    {
        var writer = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var first = await writer.DraftNewsAsync(form => form.BodyEn = form.Body = "");
        var second = await writer.DraftNewsAsync(form => form.Title = "第二篇");
        var desk = await SignInAsync(TestUsers.Administrator);
        var page = desk.Page;
        await OpenAsync(desk, first);
        await page.FocusAsync("#news-body");
        await page.Keyboard.TypeAsync("甲");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".saved")).ToContainTextAsync("第 2 稿");
        await page.Keyboard.TypeAsync("乙");
        await Expect(page.Locator(".phone-text")).ToContainTextAsync("乙");
        await Expect(page.Locator("#news-body")).ToHaveValueAsync("甲\n乙");

        // Typed while the connection was lost: the server was not told.
        await page.EvaluateAsync("""
            () => {
              document.querySelector('#news-body').value = '断线时写的';
              document.querySelector('#components-reconnect-modal')
                .dispatchEvent(new CustomEvent('components-reconnect-state-changed', { detail: { state: 'hide' } }));
            }
            """);
        await Expect(page.Locator(".phone-text")).ToContainTextAsync("断线时写的");

        // The same page opens another draft, and is left before it saves.
        await page.EvaluateAsync("number => Blazor.navigateTo(`news/${number}/edit`)", second.Number);
        await Expect(page.Locator("#news-title")).ToHaveValueAsync("第二篇");
        Assert.Equal("断线时写的", (await StoredAsync(writer, first)).Body);
        await Expect(page.Locator("#news-editor[data-ready]")).ToBeVisibleAsync();
        await page.FillAsync("#news-body", "离开前写的");
        await Expect(page.Locator(".phone-text")).ToContainTextAsync("离开前写的");
        await page.ClickAsync(".crumbs a");
        await NewsSteps.UntilAsync(async () => (await StoredAsync(writer, second)).Body == "离开前写的");
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task Settings_of_two_writers_are_merged_and_a_text_that_can_no_longer_be_stored_is_kept()
    {
        var writer = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var draft = await writer.DraftNewsAsync();
        await GrantAsync(TestUsers.Manager);
        var other = (await Fixture.Work.AsAsync(TestUsers.Manager)).Get<NewsService>();
        var desk = await SignInAsync(TestUsers.Administrator);
        var page = desk.Page;
        await OpenAsync(desk, draft);
        var theirs = await StoredAsync(writer, draft) with { Body = "对方写的", IsUrgent = true };
        await page.FillAsync("#news-body", "我写的");
        await page.FillAsync("#pinned-until", "2027-01-05");
        await other.SaveAsync(draft.Id, theirs, ct: Ct);
        await Expect(page.Locator("[data-mine-settings]")).ToContainTextAsync("置顶至");
        await Expect(page.Locator("[data-their-settings]")).ToContainTextAsync("紧急");
        await page.ClickAsync("[data-keep-mine]");
        await Expect(page.Locator("[data-conflict]")).ToHaveCountAsync(0);
        await Expect(page.Locator(".saved")).ToHaveAttributeAsync("data-saved", "yes");
        var kept = await StoredAsync(writer, draft);
        Assert.Equal(("我写的", true, new DateOnly(2027, 1, 5)), (kept.Body, kept.IsUrgent, kept.PinnedUntil));

        await page.FillAsync("#news-body", "我又写的");
        await other.SubmitAsync(draft.Id, Ct);
        await page.ClickAsync("[data-show-stored]");
        await Expect(page.Locator("[data-state]")).ToHaveAttributeAsync("data-state", nameof(NewsState.InReview));
        await Expect(page.Locator("#news-body")).ToHaveValueAsync("我写的");
        await writer.Get<NewsService>().RecallAsync(draft.Id, Ct);
        await Expect(page.Locator("#news-body")).ToHaveValueAsync("我又写的");
        await Expect(page.Locator("[data-keep-mine]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_correction_opens_the_outage_and_is_not_dropped_unasked_and_pasted_tables_stay_text()
    {
        var writer = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var (reader, building) = await Fixture.App.InDatabaseAsync(async db => (
            await db.Users.Where(p => p.FullName == "王小雨").Select(p => p.Id).FirstAsync(Ct), await db.Set<Building>().Select(b => b.Id).FirstAsync(Ct)));
        var begins = DateTime.SpecifyKind(DateTime.UtcNow.Date.AddDays(90), DateTimeKind.Unspecified);
        var draft = await writer.DraftNewsAsync(form =>
        {
            form.Audience = new AudienceRule([new AudienceLine(AudienceField.Person, [$"{reader}"])], []);
            (form.OutageKind, form.OutageFrom, form.OutageUntil, form.OutageBuildings) = (OutageKind.Water, begins, begins.AddHours(3), [building]);
        });
        await writer.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var desk = await SignInAsync(TestUsers.Administrator);
        var page = desk.Page;
        await OpenAsync(desk, draft);
        await Expect(page.Locator("#outage-from")).ToBeDisabledAsync();
        await page.ClickAsync("[data-correct]");
        await Expect(page.Locator("#outage-from")).ToBeEnabledAsync();
        await Expect(page.Locator("#outage-kind")).ToBeDisabledAsync();
        await Expect(page.Locator("#news-column")).ToBeDisabledAsync();

        await page.RouteAsync($"**/news/{draft.Id}/files", route => route.AbortAsync());
        Assert.True(await PasteAsync(withText: true), "The browser pastes the text itself.");
        Assert.False(await PasteAsync(withText: false), "A picture alone is uploaded.");
        await Expect(page.Locator("#files-problem")).ToHaveTextAsync("上传失败，请检查网络后重试");

        await page.FillAsync("#news-body", "更正后的内容");
        await page.ClickAsync("[data-leave-correction]");
        await page.ClickAsync("[data-back]");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator("#news-body")).ToHaveValueAsync("更正后的内容");
        await page.ClickAsync("[data-leave-correction]");
        await page.ClickAsync("[data-confirm]");
        await Expect(page.Locator("#news-body")).ToHaveValueAsync("明天 **8:00** 停水。");

        Task<bool> PasteAsync(bool withText) => page.EvaluateAsync<bool>("""
            withText => {
              const clipboardData = new DataTransfer();
              if (withText) clipboardData.items.add('日期\t时间', 'text/plain');
              clipboardData.items.add(new File(['x'], '表格.png', { type: 'image/png' }));
              return document.querySelector('#news-body').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """, withText);
    }

    private static async Task OpenAsync(Visitor desk, NewsDraft draft)
    {
        await desk.GoAsync($"/news/{draft.Number}/edit");
        await Expect(desk.Page.Locator("#news-editor[data-ready]")).ToBeVisibleAsync();
    }

    private static async Task<NewsForm> StoredAsync(Desk writer, NewsDraft draft) => (await writer.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form;

    private Task<bool> GrantAsync(string userName) => Fixture.App.InDatabaseAsync(async db =>
    {
        var person = await db.Users.Where(p => p.UserName == userName).Select(p => p.Id).SingleAsync(Ct);
        await db.WriteAsync(async token =>
        {
            if (!await db.NewsPublishers.AnyAsync(p => p.PersonId == person, token))
                db.NewsPublishers.Add(new NewsPublisher(person, person, DateTimeOffset.UtcNow));
        }, Ct);
        return true;
    });
}
