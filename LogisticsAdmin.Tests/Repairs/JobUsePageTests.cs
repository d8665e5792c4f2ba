using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
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
    [InlineData("三角", "SL-004 三角阀 (个)")]
    [InlineData("sl-004", "SL-004 三角阀 (个)")]
    [InlineData("sanjiao", "SL-004 三角阀 (个)")]
    [InlineData("sjf", "SL-004 三角阀 (个)")]
    [InlineData("没有这种", null)]
    public async Task A_part_is_found_by_name_code_or_pinyin(string typed, string? found)
    {
        await using var app = await TestApp.StartAsync();
        var number = await new AppWithUsers(app).TicketAsync("热水器没有热水", 3);
        var technician = await app.SignInAsync(TestUsers.Technician);
        var search = (await technician.PageAsync($"/jobs/{number}")).GetElementById("use-part-Find")!.GetAttribute("data-find-parts");

        var parts = await technician.GetFromJsonAsync<List<FoundPart>>($"{search}?find={Uri.EscapeDataString(typed)}", Ct);

        Assert.NotNull(parts);
        Assert.Equal(found, parts.FirstOrDefault()?.Name);
        using var withoutScripts = await SendAsync(technician, number, "use-part", ("Input.Find", typed), ("Input.Step", "find"));
        Assert.Equal(parts.Select(p => p.Name), (await withoutScripts.PageAsync()).QuerySelectorAll("#uses .choices label").Select(l => l.TextContent));
        using var stranger = await (await app.SignInAsync("100206")).GetAsync(search, Ct);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task Parts_used_lately_by_oneself_come_first_then_those_of_the_crew()
    {
        await using var host = await TestHost.OpenAsync();
        var (first, second) = (await host.TicketAsync(TicketStatus.InProgress), await host.TicketAsync(TicketStatus.InProgress));
        var (technician, colleague) = (await host.AsAsync(TestUsers.Technician), await host.AsAsync("100202"));
        var parts = await host.InDatabaseAsync(db => db.Parts.OrderByDescending(p => p.Code).Take(2).ToListAsync(Ct));
        await UseAsync(technician, first, parts[0]);
        await UseAsync(technician, first, parts[1]);
        Assert.Equal([parts[1].Code, parts[0].Code], await OfferedAsync(technician));

        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.TransferAsync(second.Id, await host.AssignmentAsync(second.Number, "100202"), Ct);
        await colleague.Repairs.TakeAsync(second.Id, Ct);
        await UseAsync(colleague, second, parts[0]);
        Assert.Equal([parts[0].Code, parts[1].Code], await OfferedAsync(colleague));

        async Task<IEnumerable<string>> OfferedAsync(Desk desk) =>
            (await desk.Get<RepairCosts>().OfferedAsync(second.Id, null, ct: Ct)).Take(2).Select(p => p.Code);

        async Task UseAsync(Desk desk, RepairRow ticket, Part part)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await desk.Get<RepairCosts>().AddPartAsync(ticket.Id, new UsePartForm { PartId = part.Id, Quantity = 1 }, Ct);
        }
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

    private sealed record FoundPart(long Id, string Name);

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
