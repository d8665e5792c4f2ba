using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class ReportFormTests
{
    [Theory]
    [InlineData("zh-CN", "请写一句话，师傅才知道带什么工具。", "请选择报修类别。", "联系电话格式不正确。")]
    [InlineData(
        "en", "Please write a sentence, so that the technician brings the right tools.", "Please choose: Category.", "Phone is not in the right format.")]
    public async Task An_incomplete_report_is_answered_at_its_fields_and_keeps_what_was_typed(
        string language, string description, string category, string phone)
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        (await student.PostFormAsync("/my", ("language", language))).Dispose();

        using var response = await student.ReportAsync([], ("Input.Description", "   "), ("Input.Phone", "no phone <b>"));
        var page = await response.PageAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(description, page.Said("Description"));
        Assert.Equal(category, page.Said("CategoryId"));
        Assert.Equal(phone, page.Said("Phone"));
        Assert.Equal("no phone <b>", page.Typed("Phone"));
        Assert.Equal("true", page.GetElementById("report-Description")!.GetAttribute("aria-invalid"));
        Assert.Equal(0, await app.TicketsAsync());
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task The_browser_is_given_the_very_words_the_server_would_answer(string language)
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        (await student.PostFormAsync("/my", ("language", language))).Dispose();
        var page = await student.PageAsync(Phone.New);
        using var response = await student.ReportAsync([], ("Input.RoomId", ""), ("Input.CategoryId", ""), ("Input.Description", ""), ("Input.Phone", "12"));
        var answered = await response.PageAsync();

        foreach (var field in new[] { "RoomId", "CategoryId", "Description" })
            Assert.Equal(answered.Said(field), page.GetElementById($"report-{field}")!.GetAttribute("data-required"));
        Assert.Equal(answered.Said("Phone"), page.GetElementById("report-Phone")!.GetAttribute("data-pattern"));
        Assert.Equal("2000", page.GetElementById("report-Description")!.GetAttribute("data-maxlength"));
        Assert.False(page.GetElementById("report-Description")!.HasAttribute("maxlength"));
    }

    [Fact]
    public async Task Room_and_phone_are_filled_in_and_a_complete_report_becomes_a_ticket()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var page = await student.PageAsync(Phone.New);
        Assert.Equal("512", page.QuerySelector("#report-RoomId option[selected]")!.TextContent);
        Assert.NotEqual("", page.Typed("Phone"));

        var number = await app.ReportAsync(student);

        var ticket = await student.PageAsync($"/my/repairs/{number}");
        Assert.NotNull(ticket.QuerySelector($"[data-ticket='{number}'][data-status='New']"));
        var list = await student.PageAsync("/my/repairs?view=open");
        Assert.NotNull(list.QuerySelector($"[data-ticket='{number}'][data-status='New']"));
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("-1")]
    [InlineData("512")]
    public async Task A_room_that_is_not_in_the_chosen_building_is_refused_at_the_field(string room)
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);

        using var response = await student.ReportAsync(
            [], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "门坏了"), ("Input.RoomId", room));
        var page = await response.PageAsync();

        Assert.Equal("房间不存在或已停用，请重新选择。", page.Said("RoomId"));
        Assert.Equal("门坏了", page.Typed("Description"));
        Assert.Equal(0, await app.TicketsAsync());
    }

    [Fact]
    public async Task Without_the_script_a_button_shows_the_rooms_of_another_building_and_keeps_the_rest()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var library = await app.InDatabaseAsync(db => db.Set<Features.Places.Building>().Where(b => b.Code == "LIB").Select(b => b.Id).SingleAsync());

        using var response = await student.ReportAsync([], ("Input.BuildingId", $"{library}"), ("Input.Step", "rooms"), ("Input.Description", "灯不亮"));
        var page = await response.PageAsync();

        Assert.Contains("1层大厅", page.GetElementById("report-RoomId")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("灯不亮", page.Typed("Description"));
        Assert.Equal("", page.Said("CategoryId"));
    }

    [Fact]
    public async Task Ten_thousand_characters_are_refused_with_a_count_and_come_back_uncut()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var text = new string('漏', 10_000);

        using var response = await student.ReportAsync([], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", text));
        var page = await response.PageAsync();

        Assert.Equal("故障描述最多 2000 个字，现在有 10000 个字。", page.Said("Description"));
        Assert.Equal(text, page.Typed("Description"));
        Assert.Equal(0, await app.TicketsAsync());
    }

    [Theory]
    [InlineData("👨‍👩‍👧 水管爆了 🚿")]
    [InlineData("مكسور \u202Eabc")]
    [InlineData("零\u200B宽\u200D字符")]
    [InlineData("<script>alert('x')</script><img src=x onerror=alert(1)>")]
    public async Task Text_is_kept_as_typed_and_shown_as_text(string text)
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);

        var number = await app.ReportAsync(student, text);

        Assert.Equal(text, await app.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == number).Select(t => t.Description).SingleAsync()));
        var page = await student.PageAsync($"/my/repairs/{number}");
        Assert.Contains(page.QuerySelectorAll("bdi"), bdi => bdi.TextContent == text);
        Assert.DoesNotContain(page.QuerySelectorAll("script"), script => !script.HasAttribute("src"));
        Assert.Empty(page.QuerySelectorAll("[onerror]"));
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_ticket()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var form = (await student.PageAsync(Phone.New)).Forms.First(f => f.QuerySelector("[name='Input.Key']") is not null);
        var category = await app.CategoryAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            student.SendAsync(form, [], ("Input.CategoryId", category), ("Input.Description", "灯不亮"))));

        Assert.Single(answers.Select(a => a.Headers.Location!.OriginalString).Distinct());
        Assert.Equal(1, await app.TicketsAsync());
    }

    [Fact]
    public async Task An_expired_session_leads_to_sign_in_and_back_to_the_form()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var form = (await student.PageAsync(Phone.New)).Forms.First(f => f.QuerySelector("[name='Input.Key']") is not null);
        using var gone = app.Visitor();

        using var response = await gone.SendAsync(form, [], ("Input.Description", "灯不亮"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/Account/Login", response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(Phone.New), response.Headers.Location.Query, StringComparison.OrdinalIgnoreCase);
        Assert.True(form.HasAttribute("data-draft"), "The script must keep the text meanwhile.");
        Assert.NotEmpty((await student.PageAsync(Phone.New)).GetElementById("main")!.GetAttribute("data-person")!);
    }

    [Fact]
    public async Task A_visit_is_offered_only_in_slots_that_have_not_passed()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var page = await student.PageAsync(Phone.New);
        var last = page.QuerySelectorAll("#report-VisitSlotId option").OfType<IHtmlOptionElement>().Last().Value;

        using var sent = await student.ReportAsync([], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "灯不亮"), ("Input.Visit", last));
        using var past = await student.ReportAsync(
            [], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "灯不亮"), ("Input.Visit", "2020-01-01/1"));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("该上门时段已不可选，请重新选择。", (await past.PageAsync()).Said("VisitSlotId"));
    }

    [Fact]
    public async Task Residents_read_plain_names_and_slots_of_other_buildings_are_marked_for_the_script_and_refused()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var app = await TestApp.StartAsync();
        var library = await app.InDatabaseAsync(async db =>
        {
            var slot = await db.VisitSlots.OrderBy(s => s.From).LastAsync(ct);
            var building = await db.Set<Building>().Where(b => b.Code == "LIB").Select(b => b.Id).SingleAsync(ct);
            db.VisitSlotBuildings.Add(new VisitSlotBuilding(slot.Id, building));
            await db.SaveChangesAsync(ct);
            return building.ToString(CultureInfo.InvariantCulture);
        });
        var student = await app.SignInAsync(TestUsers.Resident);
        var page = await student.PageAsync(Phone.New);
        var elsewhere = page.QuerySelectorAll("#report-VisitSlotId option[data-buildings]").OfType<IHtmlOptionElement>().ToList();

        using var refused = await student.ReportAsync(
            [], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "灯不亮"), ("Input.Visit", elsewhere[^1].Value));

        Assert.Contains("水管水龙头", page.QuerySelectorAll("#report-CategoryId optgroup").Select(group => group.GetAttribute("label")));
        Assert.All(elsewhere, option => Assert.Equal(library, option.GetAttribute("data-buildings")));
        Assert.Equal("该楼栋不提供此时段，请重新选择。", (await refused.PageAsync()).Said("VisitSlotId"));
    }
}
