using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Whatever is removed on the page of service levels must be confirmed first.</summary>
public sealed class LevelsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task A_category_s_own_level_ends_after_a_question_and_stays_readable(string language, bool dark)
    {
        var category = await Fixture.Work.InDatabaseAsync(db =>
            db.Categories.Where(c => c.Code == (dark ? "civil-tile" : "civil-roof")).Select(c => c.Id).SingleAsync(Ct));
        await (await Fixture.Work.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>().SetAsync(
            new LevelForm { ForCategory = true, CategoryId = category, Urgency = Urgency.Normal, ResponseHours = 4, CompletionHours = 30, Why = "后勤例会纪要" }, Ct);
        var (manager, other) = (await SignInAsync(TestUsers.Manager, new Viewport(language, dark)),
            await SignInAsync(TestUsers.Dispatcher, new Viewport(language, dark)));
        foreach (var visitor in new[] { manager, other }) await visitor.GoAsync("/repairs/levels");
        var (page, level) = (manager.Page, $"tbody[data-category='{category}']");
        await Expect(other.Page.Locator($"{level} [data-end]")).ToHaveCountAsync(0);

        var question = await AskAsync(manager, page.Locator($"{level} [data-end]"));
        await Expect(question).ToContainTextAsync(
            language == Viewport.Chinese ? "此后提交的该类报修改按“一般”的时限办理" : "Tickets already submitted keep theirs");
        await manager.PictureAsync("levels-dialog-end");
        await manager.DemandAccessibleAsync("the question before a level ends");
        await AnswerAsync(manager, language == Viewport.Chinese ? "返回" : "Back");
        await Expect(page.Locator($"section > table {level}")).ToBeVisibleAsync();

        await AskAsync(manager, page.Locator($"{level} [data-end]"));
        await AnswerAsync(manager, language == Viewport.Chinese ? "停用" : "End");
        foreach (var visitor in new[] { manager, other })
        {
            await Expect(visitor.Page.Locator($"section > table {level}")).ToHaveCountAsync(0);
            await Expect(visitor.Page.Locator($".ended {level}")).ToHaveCountAsync(1);
            Assert.Empty(visitor.Problems);
        }
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task A_step_goes_after_a_question(string language, bool dark)
    {
        var minutes = dark ? 173 : 171;
        await (await Fixture.Work.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>().SetStepAsync(
            null, new StepForm { Clock = ClockKind.Response, Minutes = minutes, Audience = EscalationAudience.Manager }, Ct);
        var id = await Fixture.Work.InDatabaseAsync(db => db.EscalationSteps.Where(s => s.OffsetMinutes == minutes).Select(s => s.Id).SingleAsync(Ct));
        var manager = await SignInAsync(TestUsers.Manager, new Viewport(language, dark));
        await manager.GoAsync("/repairs/levels");
        var step = manager.Page.Locator($"[data-step='{id}']");

        var question = await AskAsync(manager, step.GetByRole(AriaRole.Button).Last);
        await Expect(question).ToContainTextAsync(language == Viewport.Chinese ? "将不再通知" : "will no longer be notified");
        await manager.PictureAsync("levels-dialog-remove");
        await manager.DemandAccessibleAsync("the question before a step goes");
        await AnswerAsync(manager, language == Viewport.Chinese ? "返回" : "Back");
        await Expect(step).ToBeVisibleAsync();

        await AskAsync(manager, step.GetByRole(AriaRole.Button).Last);
        await AnswerAsync(manager, language == Viewport.Chinese ? "删除" : "Remove");
        await Expect(step).ToHaveCountAsync(0);
        Assert.False(await Fixture.Work.InDatabaseAsync(db => db.EscalationSteps.AnyAsync(s => s.Id == id, Ct)));
        Assert.Empty(manager.Problems);
    }

    private static async Task<ILocator> AskAsync(Visitor visitor, ILocator button)
    {
        await button.ClickAsync();
        var question = visitor.Page.GetByRole(AriaRole.Dialog);
        await Expect(question).ToBeVisibleAsync();
        return question;
    }

    private static async Task AnswerAsync(Visitor visitor, string word)
    {
        var question = visitor.Page.GetByRole(AriaRole.Dialog);
        await question.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = word, Exact = true }).ClickAsync();
        await Expect(question).ToHaveCountAsync(0);
    }
}
