using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

public sealed class SignInPageTests(BrowserHouse house) : BrowserTest(house)
{
    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_opens_the_door()
    {
        var visitor = await ArriveAsync();
        await visitor.TrySignInAsync(Cast.Dispatcher, "not-the-password");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await visitor.SignInAsync(Cast.Dispatcher);

        Assert.DoesNotContain("/Account/Login", visitor.Page.Url, StringComparison.Ordinal);
    }
}
