using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>用料与工时 and one's own absence on a technician's phone, with plain forms.</summary>
public sealed class JobUsePageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_technician_writes_down_parts_and_minutes_and_takes_a_wrong_line_back()
    {
        await using var app = await TestApp.StartAsync();
        var number = await new AppWithUsers(app).TicketAsync("热水器没有热水", 3);
        var technician = await app.SignInAsync(TestUsers.Technician);
        var part = await app.InDatabaseAsync(db => db.Parts.SingleAsync(p => p.Code == "SL-004", Ct));

        await DoAsync(technician, number, "use-part", ("Input.PartId", part.Id.ToString(CultureInfo.InvariantCulture)), ("Input.Quantity", "2.5"));
        await DoAsync(technician, number, "use-labour", ("Input.Minutes", "40"));

        var lines = (await technician.PageAsync($"/jobs/{number}")).QuerySelectorAll("#uses [data-line]");
        Assert.Equal(
            ["三角阀 2.5 个 45.00", "工时 40 分钟 40.00"],
            lines.Select(l => string.Join(' ', l.QuerySelectorAll(":scope > span").Select(s => s.TextContent))));

        await DoAsync(technician, number, $"withdraw-use-{lines[0].GetAttribute("data-line")}");
        var page = await technician.PageAsync($"/jobs/{number}");
        Assert.Equal("40.00", page.QuerySelector("#uses .use-total b")!.TextContent);
        Assert.Contains("孙强 撤回", page.QuerySelector("#uses .withdrawn")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("use-part", "Quantity", "0", "数量须大于 0")]
    [InlineData("use-part", "Quantity", "", "数量")]
    [InlineData("use-labour", "Minutes", "1441", "工时须为 1 到 1440")]
    [InlineData("use-labour", "Minutes", "abc", "工时")]
    public async Task What_can_not_be_is_refused_at_its_field_and_stores_nothing(string form, string field, string typed, string said)
    {
        await using var app = await TestApp.StartAsync();
        var number = await new AppWithUsers(app).TicketAsync("热水器没有热水", 3);
        var technician = await app.SignInAsync(TestUsers.Technician);

        using var answer = await SendAsync(technician, number, form, ($"Input.{field}", typed));

        Assert.Contains(said, (await answer.PageAsync()).Said(field, form), StringComparison.Ordinal);
        Assert.Equal(0, await app.InDatabaseAsync(db => db.RepairUses.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_reporter_s_page_says_nothing_of_parts_or_money()
    {
        await using var app = await TestApp.StartAsync();
        var number = await new AppWithUsers(app).TicketAsync("热水器没有热水", 3);
        var technician = await app.SignInAsync(TestUsers.Technician);
        await DoAsync(technician, number, "use-labour", ("Input.Minutes", "40"));

        var page = await (await app.SignInAsync(TestUsers.Resident)).PageAsync($"/my/repairs/{number}");

        Assert.Null(page.QuerySelector("#uses"));
        Assert.DoesNotContain("40.00", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_technician_reads_their_own_absence_above_their_jobs()
    {
        await using var app = await TestApp.StartAsync();
        var work = new AppWithUsers(app);
        var (me, colleague) = await app.InDatabaseAsync(async db =>
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician, Ct), await db.Users.SingleAsync(p => p.UserName == "100202", Ct)));
        var today = app.Services.GetRequiredService<OfficeTime>().Today;
        await (await work.AsAsync(TestUsers.Dispatcher)).Get<DutyService>().AddAsync(
            new AbsenceForm { PersonId = me.Id, From = today, To = today.AddDays(2), Reason = AbsenceReason.Training, StandInId = colleague.Id }, Ct);

        var page = await (await app.SignInAsync(TestUsers.Technician)).PageAsync("/jobs");

        Assert.Contains("培训，代班：马德福", page.QuerySelector(".absence")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await (await app.SignInAsync("100202")).PageAsync("/jobs")).QuerySelector(".absence"));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string number, string form, params (string, string)[] fields)
    {
        var page = await client.PageAsync($"/jobs/{number}");
        return await client.SendFormAsync(
            page.Forms.OfType<IHtmlFormElement>().First(f => f.QuerySelector($"[name='_handler'][value='{form}']") is not null),
            $"/jobs/{number}",
            fields);
    }

    private static async Task DoAsync(HttpClient client, string number, string form, params (string, string)[] fields)
    {
        using var response = await SendAsync(client, number, form, fields);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }
}
