using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Dead letters and group robots, as administrators handle them.</summary>
public sealed class OutboxPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dead_letter_is_found_discarded_and_brought_back()
    {
        var id = await Fixture.App.InDatabaseAsync(async db =>
        {
            var person = await db.Users.Where(p => p.UserName == TestUsers.Manager).Select(p => p.Id).SingleAsync(Ct);
            var item = new InboxItem(person, (int)RepairNotification.ExtensionAsked, "BX20261122-9999", null, DateTimeOffset.UnixEpoch, "走廊灯不亮");
            var letter = OutboxMessage.OfInbox(MailChannel.Name, item, DateTimeOffset.UnixEpoch, isDigest: false);
            letter.Claim("one@example.edu");
            letter.Die(OutboxReason.OutcomeUnknown, "timeout", DateTimeOffset.UnixEpoch.AddYears(56));
            db.AddRange(item, letter);
            await db.SaveChangesAsync(Ct);
            return letter.Id;
        });
        var admin = await SignInAsync(TestUsers.Administrator);
        await admin.GoAsync("/settings/mail?q=BX20261122-9999");
        var row = admin.Page.Locator($"[data-letter='{id}']");
        await Expect(row).ToContainTextAsync("等待答复超时");
        await admin.DemandAccessibleAsync("the dead letters");

        await row.GetByText("重发").ClickAsync();
        await admin.Page.ClickAsync("[data-back]");
        await row.GetByText("放弃").ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await admin.Page.Locator("[data-undo-now]").ClickAsync();

        await Expect(row).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_robot_is_added_and_its_address_is_not_shown_again()
    {
        var admin = await SignInAsync(TestUsers.Administrator);
        await admin.GoAsync("/settings/robots");

        await admin.Page.ClickAsync("[data-new-robot]");
        await admin.Page.FillAsync("#robot-name", "值班群");
        await admin.Page.SelectOptionAsync("#robot-provider", "DingTalk");
        await admin.Page.FillAsync("#robot-address", "https://evil.example/robot/send?access_token=t0ken");
        await admin.Page.FillAsync("#robot-secret", "SECbrowser");
        await admin.DemandAccessibleAsync("the dialog of a robot");
        await admin.Page.Keyboard.PressAsync("Enter");
        await Expect(admin.Page.Locator("#robot-address-problem")).ToContainTextAsync("https://oapi.dingtalk.com/");
        await admin.Page.FillAsync("#robot-address", "https://oapi.dingtalk.com/robot/send?access_token=t0ken");
        await admin.Page.Keyboard.PressAsync("Enter");

        var row = admin.Page.Locator("[data-robot='值班群']");
        await Expect(row).ToContainTextAsync("oapi.dingtalk.com");
        await row.GetByText("修改").ClickAsync();
        await Expect(admin.Page.Locator("#robot-name")).ToHaveValueAsync("值班群");
        await Expect(admin.Page.Locator("#robot-address")).ToHaveValueAsync("");
        await Expect(admin.Page.Locator("#robot-secret")).ToHaveValueAsync("");
        Assert.DoesNotContain("t0ken", await admin.Page.ContentAsync(), StringComparison.Ordinal);
        await admin.Page.Keyboard.PressAsync("Escape");
        await row.GetByText("停用").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-state", "Retired");
    }
}
