using LogisticsAdmin.Account;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

public sealed class GuessablePasswordTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("password123")]
    [InlineData("P@ssw0rd2026")]
    [InlineData("2026-Welcome!")]
    [InlineData("woaini1314")]
    [InlineData("Woaini5201314")]
    [InlineData("qq123456789")]
    [InlineData("a1111111111")]
    [InlineData("abc9876543210")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("qwertyuiop1")]
    [InlineData("Houqin-2026")]
    [InlineData("logistics-1")]
    public void Well_known_passwords_are_common_whatever_is_put_around_them(string password) =>
        Assert.Equal("PasswordCommon", GuessablePasswords.RefusalOf(Person(), password));

    [Theory]
    [InlineData("7wangxiaoyu7")]
    [InlineData("x20230815y-z")]
    [InlineData("my13800001207")]
    [InlineData("xy.rain-and-1")]
    [InlineData("bamboo512-ok")]
    [InlineData("王小雨abc-2026")]
    public void A_password_must_not_contain_ones_own_names(string password) =>
        Assert.Equal("PasswordOwnName", GuessablePasswords.RefusalOf(Person(), password));

    [Theory]
    [InlineData("four-cranes-over-9-roofs")]
    [InlineData("k7mq2vd9xw4t")]
    public void Other_passwords_are_accepted(string password) => Assert.Null(GuessablePasswords.RefusalOf(Person(), password));

    [Fact]
    public async Task The_first_administrator_is_refused_them_at_the_field()
    {
        await using var host = await TestHost.OpenAsync();
        var form = new AdministratorForm { UserName = "boss", FullName = "周主任", Password = "password123", PasswordAgain = "password123" };

        var refused = await Assert.ThrowsAsync<Rejected>(() => host.AsSystem().Get<Administrators>().CreateAsync(form, Ct));

        Assert.Equal(("Password", "PasswordCommon"), (refused.Problems[0].Field, refused.Code));
    }

    private static Person Person()
    {
        var person = new Person("bamboo512", "王小雨", "20230815");
        person.Describe("王小雨", "20230815", "13800001207", "xy.rain@example.edu.cn");
        return person;
    }
}
