using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Documents;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>One-time codes as a file: for who issued them, while they are shown, and nowhere else.</summary>
public sealed class IssuedCodesPdfTests
{
    private const string Secret = "QXKD-7MPR";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_codes_are_in_the_file_of_who_issued_them_and_in_no_log_or_cache()
    {
        var log = new RecordingLoggerProvider();
        await using var app = await TestApp.StartAsync(change: s => s.AddSingleton<ILoggerProvider>(log));
        var key = await IssueAsync(app, TestUsers.Administrator);
        var http = await app.SignInAsync(TestUsers.Administrator);
        var page = await http.PageAsync($"/people/slips/{key}");

        using var answer = await http.GetAsync("/" + page.QuerySelector("[data-pdf]")!.GetAttribute("href"), Ct);

        var text = PdfText.Whole(await answer.Content.ReadAsByteArrayAsync(Ct));
        foreach (var part in new[] { Secret, "王小雨", "20250001", "刘洋", "可代替密码登录一次" }) Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(log.Messages, message => message.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Others_and_a_wrong_key_get_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var key = await IssueAsync(app, TestUsers.Dispatcher);

        async Task<HttpStatusCode> StatusAsync(string who, Guid asked)
        {
            using var answer = await (await app.SignInAsync(who)).GetAsync($"/people/slips/{asked}.pdf", Ct);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(TestUsers.Administrator, key));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(TestUsers.Administrator, Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(TestUsers.Dispatcher, key));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(TestUsers.Resident, key));
    }

    private static async Task<Guid> IssueAsync(TestApp app, string by)
    {
        var id = await app.InDatabaseAsync(db => db.Set<Person>().Where(p => p.UserName == by).Select(p => p.Id).SingleAsync());
        return app.Services.GetRequiredService<IssuedCodes>().Add(id,
        [
            new IssuedCode(1, "王小雨", "20250001", Secret, DateTimeOffset.UnixEpoch),
            new IssuedCode(2, "刘洋", "20250002", "ZZZZ-1111", DateTimeOffset.UnixEpoch),
        ]);
    }
}
