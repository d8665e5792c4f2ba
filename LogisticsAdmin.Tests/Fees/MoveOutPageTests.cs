using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.MoveOut.Pages;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>The page of a statement, which offers each of the two people their part of taking it back.</summary>
public sealed class MoveOutPageTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_sees_what_they_may_do_and_at_once_what_the_other_has_done()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        foreach (var kind in new[] { "electricity", "cold-water", "hot-water", "gas" }) await host.WithoutRatesAsync(kind);
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var service = manager.Get<MoveOutService>();
        var draft = await service.DrawUpAsync((await host.AsAsync(TestUsers.Resident)).PersonId, ct: Ct);
        var form = new MoveOutForm { PersonId = draft.Stay.PersonId, Way = MoveOutWay.Account, ResultFen = draft.Figures.Result.Fen };
        var id = await service.SettleAsync(form, Ct);
        await using var one = FeePagesTests.PageOf(manager);
        await using var other = FeePagesTests.PageOf(admin);
        await using var third = FeePagesTests.PageOf(await host.AsAsync(TestUsers.Dispatcher));
        var pages = new[] { one, other, third }.Select(p => p.Render<MoveOutPage>(b => b.Add(x => x.Id, id))).ToList();
        await SeenAsync([["撤销结算"], ["撤销结算"], []]);

        var reversal = await manager.Get<MoveOutReversals>().ProposeAsync(id, new ReversalForm { Reason = "日期填错" }, Ct);
        await SeenAsync([["收回申请"], ["复核通过", "不通过"], []]);
        Assert.Contains("日期填错", pages[2].Markup, StringComparison.Ordinal);

        await admin.Get<MoveOutReversals>().ApproveAsync(reversal, Ct);
        await SeenAsync([[], [], []]);
        Assert.Contains("撤销", pages[2].Find("[data-reversal]").TextContent, StringComparison.Ordinal);

        async Task SeenAsync(string[][] expected)
        {
            foreach (var (page, buttons) in pages.Zip(expected))
            {
                await page.WaitForAssertionAsync(
                    () => Assert.Equal(buttons, page.FindAll("button").Select(b => b.TextContent.Trim()).ToArray()), TestTimeouts.Default);
                Assert.Contains("JS20261122-0001", page.Markup, StringComparison.Ordinal);
            }
        }
    }
}
