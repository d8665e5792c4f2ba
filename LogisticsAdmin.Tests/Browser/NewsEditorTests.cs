using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
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
