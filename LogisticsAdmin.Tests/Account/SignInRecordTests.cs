using System.Net;
using LogisticsAdmin.Account;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>Records of successful and failed sign-ins, and ending all other sessions.</summary>
public sealed class SignInRecordTests
{
    private const string OnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    private const string OnPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) "
        + "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_success_and_a_failure_are_recorded_with_device_and_address()
    {
        await using var app = await TestApp.StartAsync(change: s => s.AddSingleton<IStartupFilter>(new FixedRemoteAddress("::ffff:10.1.2.3")));
        await TryAsync(app, TestUsers.Resident, "not the password", OnPhone);
        var failed = Assert.Single(await RecordsAsync(app, TestUsers.Resident, 1));
        await TryAsync(app, TestUsers.Resident, DemoPeople.Password, OnWindows);
        var welcome = (await RecordsAsync(app, TestUsers.Resident, 2))[0];

        Assert.Equal((SignInMethod.Password, false, "WeChat · iPhone", "10.1.2.3"), (failed.Method, failed.Succeeded, failed.Device, failed.Address));
        Assert.Equal((SignInMethod.Password, true, "Chrome · Windows", "10.1.2.3"), (welcome.Method, welcome.Succeeded, welcome.Device, welcome.Address));
    }

    [Fact]
    public async Task A_one_time_code_is_recorded_as_one()
    {
        await using var app = await TestApp.StartAsync();
        var code = OneTimeCode.New();
        await app.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            person.SetOneTimeCode(OneTimeCode.Hash(code), TimeProvider.System.GetUtcNow().AddDays(1));
            return await db.SaveChangesAsync(Ct);
        });
        (await app.SignInAsync(TestUsers.Resident, code)).Dispose();

        var record = Assert.Single(await RecordsAsync(app, TestUsers.Resident, 1));
        Assert.Equal((SignInMethod.OneTimeCode, true), (record.Method, record.Succeeded));
    }

    [Fact]
    public async Task The_newest_hundred_sign_ins_are_kept_and_the_newest_hundred_failures_which_push_none_of_them_out()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(async db =>
        {
            var (id, now) = (await IdAsync(db.Users, TestUsers.Resident), TimeProvider.System.GetUtcNow());
            foreach (var succeeded in new[] { true, false })
            {
                db.AddRange(Enumerable.Range(1, SignInService.MaxRecords + 5).Select(i =>
                    new SignInRecord
                    {
                        PersonId = id,
                        At = now.AddHours(succeeded ? -500 : 0).AddMinutes(-i),
                        Method = SignInMethod.Password,
                        Succeeded = succeeded,
                    }));
            }
            return await db.SaveChangesAsync(Ct);
        });
        (await app.SignInAsync(TestUsers.Resident)).Dispose();
        var kept = await RecordsAsync(app, TestUsers.Resident, (2 * SignInService.MaxRecords) + 5);
        Assert.Equal((SignInService.MaxRecords, true), (kept.Count(r => r.Succeeded), kept[0].Succeeded));

        await TryAsync(app, TestUsers.Resident, "not the password", OnPhone);
        kept = await RecordsAsync(app, TestUsers.Resident, 2 * SignInService.MaxRecords);
        Assert.Equal((SignInService.MaxRecords, false), (kept.Count(r => r.Succeeded), kept[0].Succeeded));
    }

    [Fact]
    public async Task People_see_their_own_sign_ins_only_and_failures_in_words()
    {
        await using var app = await TestApp.StartAsync();
        await TryAsync(app, TestUsers.Technician, "not the password", OnPhone);
        await RecordsAsync(app, TestUsers.Technician, 1);
        await TryAsync(app, TestUsers.Resident, "not the password", OnWindows);
        await RecordsAsync(app, TestUsers.Resident, 1);

        var mine = await SeenAsync(await app.SignInAsync(TestUsers.Resident));
        Assert.Equal(2, mine.Count);
        Assert.Contains("密码", mine[0], StringComparison.Ordinal);
        Assert.Contains("登录失败", mine[1], StringComparison.Ordinal);
        Assert.Contains("Chrome · Windows", mine[1], StringComparison.Ordinal);
        Assert.DoesNotContain(mine, line => line.Contains("WeChat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signing_out_everywhere_else_ends_the_others_and_keeps_this_one()
    {
        await using var app = await TestApp.StartAsync();
        var (here, elsewhere) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Resident));
        using (var forged = await here.PostAsync("/Account/Profile", new FormUrlEncodedContent([new("_handler", "sessions")]), Ct))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using (var still = await elsewhere.GetAsync("/Account/Profile", Ct)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);

        var form = (await here.PageAsync("/Account/Profile")).Forms.Single(f => f.QuerySelector("[name=_handler][value=sessions]") is not null);
        using var sent = await here.SendFormAsync(form, "/Account/Profile");

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var page = await here.PageAsync(sent.Headers.Location!.ToString());
        Assert.Contains("已退出其他所有设备", page.QuerySelector(".card [role=status]")?.TextContent, StringComparison.Ordinal);
        using var theirs = await elsewhere.GetAsync("/Account/Profile", Ct);
        Assert.Contains("/Account/Login", theirs.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OnWindows, "Chrome · Windows")]
    [InlineData(OnWindows + " Edg/142.0.0.0", "Edge · Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome · Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari · macOS")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux")]
    [InlineData("<script>alert(1)</script> Windows", "Windows")]
    [InlineData("curl/8.5.0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_device_is_said_in_words_of_our_own(string? sent, string? said) => Assert.Equal(said, Device.Of(sent));

    private static async Task TryAsync(TestApp app, string name, string password, string device)
    {
        var visitor = app.Visitor();
        visitor.DefaultRequestHeaders.Add("User-Agent", device);
        (await visitor.PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", password))).Dispose();
    }

    /// <summary>The person's records, the newest first. A failure is written after the response was sent, so the records are polled.</summary>
    private static async Task<List<SignInRecord>> RecordsAsync(TestApp app, string name, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var records = await app.InDatabaseAsync(async db =>
            {
                var id = await IdAsync(db.Users, name);
                return await db.Set<SignInRecord>().AsNoTracking().Where(r => r.PersonId == id).OrderByDescending(r => r.At).ToListAsync(Ct);
            });
            if (records.Count == count) return records;
            Assert.True(tries < 100, $"{records.Count} records instead of {count}.");
            await Task.Delay(50, Ct);
        }
    }

    private static Task<long> IdAsync(IQueryable<Person> people, string name) => people.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync(Ct);

    private static async Task<List<string>> SeenAsync(HttpClient client) =>
        [.. (await client.PageAsync("/Account/Profile")).QuerySelectorAll("[aria-labelledby=sign-ins] li").Select(l => l.TextContent)];

    /// <summary>Sets the remote address of every request.</summary>
    private sealed class FixedRemoteAddress(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return go(context);
            });
            next(app);
        };
    }
}
