using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Forms of phone pages that a browser sends again, because the answer to the first time was lost.</summary>
public sealed class FormKeyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_form_of_a_job_and_of_a_report_is_applied_once_when_it_is_sent_twice_at_the_same_time_and_later_again()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        var (job, ticket) = ($"/jobs/{number}", $"/my/repairs/{number}");
        await PhonePageTests.AssignAsync(app, number);
        var part = await app.InDatabaseAsync(db => db.Parts.Where(p => p.Code == "SL-004").Select(p => p.Id).SingleAsync(Ct));

        await ThriceAsync(technician, job, "take");
        await ThriceAsync(technician, job, "arrive");
        await ThriceAsync(technician, job, "start");
        await ThriceAsync(technician, job, "use-part", ("Input.PartId", part.ToString(CultureInfo.InvariantCulture)), ("Input.Quantity", "2"));
        await ThriceAsync(technician, job, "use-labour", ("Input.Minutes", "40"));
        await ThriceAsync(technician, job, "hold", ("Input.Reason", "Parts"));
        await ThriceAsync(technician, job, "resume");
        await ThriceAsync(technician, job, "extend", ("Input.Hours", "4"), ("Input.Why", "等配件"));
        await ThriceAsync(technician, job, "comment", ("Input.Text", "下午三点到"));
        await ThriceAsync(student, ticket, "reply", ("Input.Text", "请带梯子"));
        await ThriceAsync(student, ticket, "nudge");
        await ThriceAsync(technician, job, "complete", ("Input.Note", "换了阀芯"));
        await ThriceAsync(student, ticket, "send-back", ("Input.Note", "还在滴"));
        await ThriceAsync(technician, job, "start");
        await ThriceAsync(technician, job, "complete");
        await ThriceAsync(student, ticket, "verify");
        await ThriceAsync(student, ticket, "rate", ("Input.Stars", "4"), ("Input.Words", "谢谢"));

        Assert.Equal(
            [
                RepairVerb.Submit, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Arrive, RepairVerb.Start, RepairVerb.Hold, RepairVerb.Resume,
                RepairVerb.RequestExtension, RepairVerb.Comment, RepairVerb.Comment, RepairVerb.Nudge, RepairVerb.Complete, RepairVerb.SendBack,
                RepairVerb.Start, RepairVerb.Complete, RepairVerb.Verify, RepairVerb.Rate,
            ],
            await VerbsAsync(app));
        Assert.Equal(2, await app.InDatabaseAsync(db => db.RepairUses.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_form_that_takes_the_job_away_is_confirmed_when_it_is_sent_again()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        // Several jobs, because the two forms meet at another moment each time.
        for (var jobs = 1; jobs <= 10; jobs++)
        {
            var number = await app.ReportAsync(student);
            await PhonePageTests.AssignAsync(app, number);

            await ThriceAsync(technician, $"/jobs/{number}", "decline", ("Input.Note", "缺配件"));

            Assert.Equal(jobs, (await VerbsAsync(app)).Count(v => v == RepairVerb.Decline));
        }
    }

    [Fact]
    public async Task A_form_of_a_job_that_somebody_else_has_by_now_leads_to_the_list_of_jobs()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await PhonePageTests.AssignAsync(app, number);
        var job = $"/jobs/{number}";
        var (decline, comment) = (await FormAsync(technician, job, "decline"), await FormAsync(technician, job, "comment"));
        (await technician.SendFormAsync(decline, job, ("Input.Note", "缺配件"))).Dispose();

        using var answer = await technician.SendFormAsync(comment, job, ("Input.Text", "已到"));

        Assert.Equal($"/jobs?gone={number}", new Uri(app.Server.BaseAddress, answer.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task The_same_key_with_other_words_is_a_second_comment()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var ticket = $"/my/repairs/{await app.ReportAsync(student)}";
        var form = await FormAsync(student, ticket, "reply");

        foreach (var text in new[] { "还在漏", "还在漏", "已经不漏了" }) (await student.SendFormAsync(form, ticket, ("Input.Text", text))).Dispose();

        Assert.Equal(
            ["还在漏", "已经不漏了"],
            await app.InDatabaseAsync(db => db.RepairEvents.Where(e => e.Verb == RepairVerb.Comment).OrderBy(e => e.Id).Select(e => e.Note!).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_report_and_a_reply_that_are_sent_again_do_not_store_their_photos_again()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var report = (await student.PageAsync(Phone.New)).Forms.First(f => f.QuerySelector("[name='Input.Description']") is not null);
        (string, string)[] typed = [("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "水管漏水")];
        for (var i = 0; i < 2; i++)
        {
            using var sent = await student.SendAsync(report, [("a.jpg", Phone.Jpeg())], typed);
            Assert.EndsWith("?ok=sent", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        var number = await app.InDatabaseAsync(db => db.RepairTickets.Select(t => t.Number).SingleAsync(Ct));
        var reply = await FormAsync(student, $"/my/repairs/{number}", "reply");
        for (var i = 0; i < 2; i++)
        {
            using var sent = await student.SendAsync(reply, [("b.jpg", Phone.Jpeg())]);
            Assert.EndsWith("?ok=replied", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        Assert.Equal(2, await app.InDatabaseAsync(db => db.RepairPhotos.CountAsync(Ct)));
    }

    [Fact]
    public async Task An_undone_verb_is_confirmed_when_its_form_is_sent_again()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        var job = $"/jobs/{number}";
        await PhonePageTests.AssignAsync(app, number);
        await PhonePageTests.DoAsync(technician, job, "take");
        await PhonePageTests.DoAsync(technician, job, "start");

        await ThriceAsync(technician, job, "undo");

        Assert.Single(await VerbsAsync(app), v => v == RepairVerb.Undo);
    }

    private static async Task<IHtmlFormElement> FormAsync(HttpClient client, string address, string form) =>
        (await client.PageAsync(address)).Forms.First(
            f => f.QuerySelector("[name='_handler']") is IHtmlInputElement handler && handler.Value == form);

    /// <summary>Sends a form twice at the same time and later once more: each time it is confirmed in the same words.</summary>
    private static async Task ThriceAsync(HttpClient client, string address, string name, params (string, string)[] fields)
    {
        var form = await FormAsync(client, address, name);
        var atOnce = await Task.WhenAll(client.SendFormAsync(form, address, fields), client.SendFormAsync(form, address, fields));
        HttpResponseMessage[] answers = [.. atOnce, await client.SendFormAsync(form, address, fields)];
        foreach (var answer in answers)
        {
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{name} was answered with {answer.StatusCode}.");
            Assert.Equal(answers[0].Headers.Location, answer.Headers.Location);
            Assert.Matches("[?](ok|used)=", answer.Headers.Location!.OriginalString);
            answer.Dispose();
        }
    }

    private static Task<List<RepairVerb>> VerbsAsync(TestApp app) =>
        app.InDatabaseAsync(db => db.RepairEvents.OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync(Ct));
}
