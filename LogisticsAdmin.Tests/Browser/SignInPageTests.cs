using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

public sealed class SignInPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_wrong_password_is_reported_and_the_right_one_signs_in()
    {
        var visitor = await ArriveAsync();
        await visitor.TrySignInAsync(TestUsers.Dispatcher, "not-the-password");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await visitor.SignInAsync(TestUsers.Dispatcher);

        Assert.DoesNotContain("/Account/Login", visitor.Page.Url, StringComparison.Ordinal);
    }
}
