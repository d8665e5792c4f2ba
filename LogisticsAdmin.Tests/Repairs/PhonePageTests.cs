using System.Net;
using System.Reflection;
using LogisticsAdmin.Components.Layout;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class PhonePageTests
{
    [Fact]
    public void Every_page_for_phones_and_accounts_is_static_and_in_the_portal()
    {
        var pages = typeof(Actor).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<RouteAttribute>().Select(r => (r.Template, Page: t)))
            .Where(p => new[] { "/my", "/jobs", "/Account" }.Any(root =>
                p.Template == root || p.Template.StartsWith($"{root}/", StringComparison.OrdinalIgnoreCase)))
            .ToList();

        Assert.Superset(
            new HashSet<string>
            {
                "/my", "/my/repairs", "/my/repairs/new", "/my/repairs/{Number}", "/my/messages", "/jobs", "/jobs/{Number}", "/Account/Login",
            },
            pages.Select(p => p.Template).ToHashSet());
        Assert.All(pages, p =>
        {
            Assert.NotNull(p.Page.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>());
            var layout = p.Template.EndsWith("/print", StringComparison.Ordinal) ? typeof(PrintLayout) : typeof(PortalLayout);
            Assert.Equal(layout, p.Page.GetCustomAttribute<LayoutAttribute>()?.LayoutType);
        });
    }

    [Theory]
    [InlineData(TestUsers.Resident, "/my", "/my/repairs", "/my/repairs/new", "/my/messages")]
    [InlineData(TestUsers.Technician, "/jobs", "/my", "/my/messages")]
    public async Task Pages_for_phones_carry_no_circuit_no_component_library_and_nothing_inline(string who, params string[] addresses)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(who);
        foreach (var address in addresses)
        {
            var page = await client.PageAsync(address);
            Assert.DoesNotContain("MudBlazor", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--Blazor:", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("[style]"));
            Assert.Empty(page.QuerySelectorAll("script:not([src])"));
        }
    }

    [Fact]
    public async Task Tickets_of_others_are_not_found_on_any_phone_page()
    {
        await using var app = await TestApp.StartAsync();
        var number = await app.ReportAsync(await app.SignInAsync(TestUsers.Resident));
        var (technician, neighbour) = (await app.SignInAsync(TestUsers.Technician), await app.SignInAsync(await NeighbourAsync(app)));

        foreach (var (client, address) in new[]
        {
            (technician, $"/jobs/{number}"), (technician, $"/my/repairs/{number}"),
            (neighbour, $"/my/repairs/{number}"), (neighbour, "/my/repairs/BX20200101-0001"),
        })
        {
            using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.DoesNotContain("洗手池", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.Empty((await neighbour.PageAsync("/my/repairs")).QuerySelectorAll("[data-ticket]"));
        using var jobs = await neighbour.GetAsync("/jobs", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, jobs.StatusCode);
    }

    [Fact]
    public async Task A_verb_posted_at_anothers_ticket_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var (student, neighbour) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(await NeighbourAsync(app)));
        var (mine, theirs) = (await app.ReportAsync(student), await app.ReportAsync(neighbour));
        var page = await neighbour.PageAsync($"/my/repairs/{theirs}");
        var form = page.Forms.First(f => f.QuerySelector("[value='cancel']") is not null);
        form.SetAttribute("action", $"/my/repairs/{mine}");

        using var response = await neighbour.SendFormAsync(form, "");

        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal(TicketStatus.New, await app.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == mine).Select(t => t.Status).SingleAsync()));
    }

    [Fact]
    public async Task An_internal_note_never_reaches_the_residents_page()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var number = await app.ReportAsync(student);
        await using (var office = await DeskAsync(app, TestUsers.Dispatcher))
        {
            var repairs = office.ServiceProvider.GetRequiredService<RepairService>();
            var id = await app.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == number).Select(t => t.Id).SingleAsync());
            await repairs.CommentAsync(id, new CommentForm { Text = "内部：此人常报修", Internal = true }, TestContext.Current.CancellationToken);
            await repairs.CommentAsync(id, new CommentForm { Text = "明天上午来" }, TestContext.Current.CancellationToken);
        }

        foreach (var address in new[] { $"/my/repairs/{number}", "/my/repairs", "/my", "/my/messages" })
            Assert.DoesNotContain("此人常报修", (await student.PageAsync(address)).DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("明天上午来", (await student.PageAsync($"/my/repairs/{number}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_story_goes_from_report_to_rating_with_scripts_off()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await AssignAsync(app, number);
        var (job, ticket) = ($"/jobs/{number}", $"/my/repairs/{number}");

        Assert.NotNull((await technician.PageAsync("/jobs")).QuerySelector($"[data-ticket='{number}'][data-status='Assigned']"));
        await DoAsync(technician, "/jobs", "take");
        await DoAsync(technician, job, "arrive");
        await DoAsync(technician, job, "start");
        using (var noReason = await SendAsync(technician, job, "hold", ("Input.Note", "缺阀芯")))
        {
            var page = await noReason.PageAsync();
            Assert.Equal("请选择原因。", page.Said("Reason", "hold"));
            Assert.Contains("缺阀芯", page.GetElementById("hold-Note")!.TextContent, StringComparison.Ordinal);
        }
        await DoAsync(technician, job, "hold", ("Input.Reason", "Parts"));
        await DoAsync(technician, job, "resume");
        await DoAsync(technician, job, "complete", ("Input.Note", "换了阀芯"));
        using (var noWords = await SendAsync(student, ticket, "send-back")) Assert.Equal("请填写说明。", (await noWords.PageAsync()).Said("Note", "send-back"));
        await DoAsync(student, ticket, "send-back", ("Input.Note", "还在滴"));
        await DoAsync(technician, job, "start");
        await DoAsync(technician, job, "complete");
        await DoAsync(student, ticket, "verify");
        await DoAsync(student, ticket, "rate", ("Input.Stars", "4"), ("Input.Words", "谢谢"));

        var sheet = await student.PageAsync(ticket);
        Assert.NotNull(sheet.QuerySelector($"[data-ticket='{number}'][data-status='Closed']"));
        Assert.Contains("谢谢", sheet.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_is_applied_once_and_both_are_told_that_it_was_done()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await AssignAsync(app, number);
        var job = $"/jobs/{number}";
        await TwiceAsync("take");
        await TwiceAsync("comment", ("Input.Text", "下午三点到"));
        await TwiceAsync("start");
        await TwiceAsync("complete", ("Input.Note", "换了阀芯"));

        Assert.Equal(
            [RepairVerb.Submit, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Comment, RepairVerb.Start, RepairVerb.Complete],
            await app.InDatabaseAsync(db => db.RepairEvents.OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync()));

        async Task TwiceAsync(string form, params (string, string)[] fields)
        {
            var page = await technician.PageAsync(job);
            var sent = page.Forms.First(f => f.QuerySelector($"[name='_handler'][value='{form}']") is not null);
            for (var i = 0; i < 2; i++)
            {
                using var answer = await technician.SendFormAsync(sent, job, fields);
                Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
                Assert.Contains($"?ok={form}", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_form_of_a_job_that_has_moved_on_comes_back_with_the_reason_and_what_was_typed()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await AssignAsync(app, number);
        var job = $"/jobs/{number}";
        await DoAsync(technician, job, "take");
        await DoAsync(technician, job, "start");
        var open = (await technician.PageAsync(job)).Forms.First(f => f.QuerySelector("[name='_handler'][value='complete']") is not null);
        await DoAsync(technician, job, "hold", ("Input.Reason", "Parts"));

        using var answer = await technician.SendFormAsync(open, job, ("Input.Note", "换了阀芯"));

        var page = await answer.PageAsync();
        Assert.Contains("挂起", page.QuerySelector("#complete .problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("换了阀芯", page.GetElementById("complete-Note")!.TextContent);
    }

    [Fact]
    public async Task A_verb_on_the_phone_is_undone_by_the_next_page()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartAsync(clock: clock);
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await AssignAsync(app, number);
        var job = $"/jobs/{number}";
        await DoAsync(technician, job, "take");
        await DoAsync(technician, job, "start");
        await DoAsync(technician, job, "complete");

        using (var undone = await SendAsync(technician, "/jobs", "undo"))
        {
            Assert.EndsWith($"{job}?ok=undo", undone.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        var page = await technician.PageAsync($"{job}?ok=undo");
        Assert.NotNull(page.QuerySelector("[data-status='InProgress']"));
        Assert.Equal("已撤回。", page.QuerySelector(".done")!.TextContent);
        Assert.Null(page.QuerySelector("form.undo"));

        await DoAsync(technician, job, "hold", ("Input.Reason", "Parts"));
        var offered = (await technician.PageAsync(job)).Forms.First(f => f.ClassList.Contains("undo"));
        await DoAsync(student, $"/my/repairs/{number}", "nudge");
        using (var late = await technician.SendFormAsync(offered, job))
            Assert.Contains("王小雨处理（催单），不能撤回", (await late.PageAsync()).QuerySelector("form.undo .problem")!.TextContent, StringComparison.Ordinal);

        await DoAsync(technician, job, "resume");
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null((await technician.PageAsync(job)).QuerySelector("form.undo"));
    }

    [Fact]
    public async Task Untaken_jobs_of_the_crew_are_listed_separately_and_a_second_nudge_waits_four_hours()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await AssignAsync(app, number, named: false);

        var heading = (await technician.PageAsync("/jobs")).QuerySelectorAll("h2").Single(h => h.TextContent.StartsWith("班组待接", StringComparison.Ordinal));
        Assert.NotNull(heading.ParentElement!.QuerySelector($"h2 ~ p ~ .cards [data-ticket='{number}']"));

        await DoAsync(student, $"/my/repairs/{number}", "nudge");
        using var again = await SendAsync(student, $"/my/repairs/{number}", "nudge");
        Assert.Contains("后才能再次催单", (await again.PageAsync()).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_counted_on_the_bell_and_read_by_a_post()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        await AssignAsync(app, await app.ReportAsync(student));
        Assert.Equal("1", (await student.PageAsync("/my")).QuerySelector(".bell b")!.TextContent);

        await DoAsync(student, "/my/messages", "read");

        Assert.Null((await student.PageAsync("/my")).QuerySelector(".bell b"));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string form, params (string, string)[] fields)
    {
        var page = await client.PageAsync(address);
        return await client.SendFormAsync(page.Forms.First(f => f.QuerySelector($"[name='_handler'][value='{form}']") is not null), address, fields);
    }

    internal static async Task DoAsync(HttpClient client, string address, string form, params (string, string)[] fields)
    {
        using var response = await SendAsync(client, address, form, fields);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    private static Task<string> NeighbourAsync(TestApp app) => app.InDatabaseAsync(async db =>
        (await db.Users.Where(p => p.RoomId != null && p.UserName != TestUsers.Resident).OrderBy(p => p.Id).FirstAsync()).UserName!);

    private static async Task<AsyncServiceScope> DeskAsync(TestApp app, string who)
    {
        var scope = app.Services.CreateAsyncScope();
        var person = await app.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == who));
        var claims = await scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.IUserClaimsPrincipalFactory<Person>>().CreateAsync(person);
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.From(claims));
        return scope;
    }

    internal static async Task AssignAsync(TestApp app, string number, bool named = true)
    {
        await using var office = await DeskAsync(app, TestUsers.Dispatcher);
        var (id, technician) = await app.InDatabaseAsync(async db => (
            await db.RepairTickets.Where(t => t.Number == number).Select(t => t.Id).SingleAsync(),
            await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician)));
        await office.ServiceProvider.GetRequiredService<RepairService>().AssignAsync(id, new AssignForm
        {
            ExpectedStatus = TicketStatus.New,
            CrewId = technician.CrewId,
            TechnicianId = named ? technician.Id : null,
        }, TestContext.Current.CancellationToken);
    }
}
