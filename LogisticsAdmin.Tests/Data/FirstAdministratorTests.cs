using LogisticsAdmin.Account;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class FirstAdministratorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_code_makes_one_administrator_and_then_opens_nothing()
    {
        await using var host = await EmptyHostAsync();
        var (first, administrators) = Services(host);
        Assert.False(await administrators.AnyAsync(Ct));
        var code = first.Issue();

        var id = await first.RedeemAsync(code.ToLowerInvariant(), Form(), administrators, Ct);

        Assert.True(await administrators.AnyAsync(Ct));
        Assert.Equal(
            (long)Role.Administrator,
            await host.InDatabaseAsync(db => db.UserRoles.Where(r => r.UserId == id).Select(r => r.RoleId).SingleAsync(Ct)));
        Assert.False(first.Accepts(code));
        Assert.Equal("SetupOver", (await Assert.ThrowsAsync<Rejected>(() => first.RedeemAsync(code, Form("other"), administrators, Ct))).Code);
    }

    [Fact]
    public async Task Two_who_use_the_code_at_once_make_one_administrator()
    {
        await using var host = await EmptyHostAsync();
        var (first, _) = Services(host);
        var code = first.Issue();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            try
            {
                await first.RedeemAsync(code, Form($"boss{i}"), Services(host).Administrators, Ct);
                return true;
            }
            catch (Rejected)
            {
                return false;
            }
        }, Ct)));

        Assert.Equal(1, outcomes.Count(made => made));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.UserRoles.CountAsync(r => r.RoleId == (long)Role.Administrator, Ct)));
    }

    [Fact]
    public async Task A_code_ends_after_a_day_and_when_a_new_one_is_issued()
    {
        await using var host = await EmptyHostAsync();
        var (first, _) = Services(host);
        var old = first.Issue();
        var code = first.Issue();
        Assert.False(first.Accepts(old));
        Assert.False(first.Accepts(null));
        Assert.False(first.Accepts("0000000000000000"));

        host.Clock.Advance(FirstAdministrator.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(first.Accepts(code));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(first.Accepts(code));
    }

    [Fact]
    public async Task A_refused_form_leaves_the_code_good()
    {
        await using var host = await EmptyHostAsync();
        var (first, administrators) = Services(host);
        var code = first.Issue();

        async Task<string> RefusedAsync(AdministratorForm form) =>
            (await Assert.ThrowsAsync<Rejected>(() => first.RedeemAsync(code, form, administrators, Ct))).Problems[0].Field;
        Assert.Equal("UserName", await RefusedAsync(Form("\u200B")));
        Assert.Equal("Password", await RefusedAsync(Form(password: "short1")));
        Assert.Equal("Code", (await Assert.ThrowsAsync<Rejected>(() => first.RedeemAsync("wrong", Form(), administrators, Ct))).Problems[0].Field);
        Assert.Equal("Password", await RefusedAsync(Form(password: "NOTHINGPLAIN")));
        var unequal = Form();
        unequal.PasswordAgain = "another-2026";
        Assert.Equal("PasswordAgain", await RefusedAsync(unequal));

        Assert.True(first.Accepts(code));
    }

    [Fact]
    public async Task A_code_is_void_as_soon_as_somebody_else_is_administrator()
    {
        await using var host = await TestHost.OpenAsync();
        var (first, administrators) = Services(host);
        var code = first.Issue();

        Assert.Equal("SetupOver", (await Assert.ThrowsAsync<Rejected>(() => first.RedeemAsync(code, Form(), administrators, Ct))).Code);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("ADMIN ")]
    [InlineData("zhou.admin@example.edu.cn")]
    public async Task A_name_somebody_signs_in_with_is_refused(string taken)
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            var admin = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == TestUsers.Administrator, Ct);
            admin.Describe(admin.FullName, admin.Number, null, "zhou.admin@example.edu.cn");
            return await db.SaveChangesAsync(Ct);
        });

        var refused = await Assert.ThrowsAsync<Rejected>(() => Services(host).Administrators.CreateAsync(Form(taken), Ct));

        Assert.Equal(("UserName", "NameTaken"), (refused.Problems[0].Field, refused.Code));
    }

    [Fact]
    public void A_code_has_eighty_random_bits_and_only_its_hash_is_needed()
    {
        var codes = Enumerable.Range(0, 100).Select(_ => OneTimeCode.New()).ToHashSet();

        Assert.Equal(100, codes.Count);
        Assert.All(codes, c => Assert.Equal(16, c.Replace("-", "", StringComparison.Ordinal).Length));
        Assert.Equal(OneTimeCode.Hash(codes.First()), OneTimeCode.Hash(codes.First().ToLowerInvariant()));
        Assert.NotEqual(OneTimeCode.Hash(codes.First()), OneTimeCode.Hash(codes.Last()));
    }

    [Theory]
    [InlineData("http://[::]:8080", "http://localhost:8080/Account/Setup")]
    [InlineData("http://0.0.0.0:80/", "http://localhost:80/Account/Setup")]
    [InlineData("http://+:5080", "http://localhost:5080/Account/Setup")]
    [InlineData("https://logistics.example.edu.cn", "https://logistics.example.edu.cn/Account/Setup")]
    public void The_page_can_be_opened(string address, string page) => Assert.Equal(page, SetupCodeFile.PageAt(address));

    private static async Task<TestHost> EmptyHostAsync()
    {
        var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            "DELETE FROM \"Audit\"; DELETE FROM \"ReportTargets\"; DELETE FROM \"AspNetUserRoles\"; UPDATE \"Crews\" SET \"LeadId\" = NULL; "
            + "UPDATE \"FeeRates\" SET \"PublishedById\" = NULL, \"SupersededById\" = NULL, \"WithdrawnById\" = NULL; "
            + "DELETE FROM \"Occupancies\"; DELETE FROM \"People\"",
            Ct));
        return host;
    }

    private static (FirstAdministrator First, Administrators Administrators) Services(TestHost host) =>
        (host.Services.GetRequiredService<FirstAdministrator>(), host.AsSystem().Get<Administrators>());

    private static AdministratorForm Form(string userName = "boss", string password = "houqin-first-1") => new()
    {
        UserName = userName,
        FullName = "周主任",
        Password = password,
        PasswordAgain = password,
    };
}
