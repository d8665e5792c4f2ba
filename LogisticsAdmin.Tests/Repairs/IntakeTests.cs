using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>What a report may contain, and what is refused at which field.</summary>
public sealed class IntakeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_missing_or_too_long_is_refused_at_its_field()
    {
        await using var host = await TestHost.OpenAsync();
        await RefusedAsync(host, nameof(ReportForm.RoomId), f => f.RoomId = null);
        await RefusedAsync(host, nameof(ReportForm.CategoryId), f => f.CategoryId = null);
        await RefusedAsync(host, nameof(ReportForm.Description), f => f.Description = null);
        await RefusedAsync(host, nameof(ReportForm.Description), f => f.Description = " \n\t ");
        await RefusedAsync(host, nameof(ReportForm.Description), f => f.Description = "\u200b\u200d\u2060\ufeff");
        await RefusedAsync(host, nameof(ReportForm.Description), f => f.Description = new string('漏', 10_000));
        await RefusedAsync(host, nameof(ReportForm.Phone), f => f.Phone = null);
        await RefusedAsync(host, nameof(ReportForm.Phone), f => f.Phone = "\u200b");
        await RefusedAsync(host, nameof(ReportForm.Phone), f => f.Phone = "没有手机");
        await RefusedAsync(host, nameof(ReportForm.Photos), f => f.Photos = [Guid.NewGuid()]);
    }

    [Fact]
    public async Task Rooms_categories_and_people_that_do_not_exist_are_refused_at_their_field()
    {
        await using var host = await TestHost.OpenAsync();
        await RefusedAsync(host, nameof(ReportForm.RoomId), f => f.RoomId = 987_654);
        await RefusedAsync(host, nameof(ReportForm.CategoryId), f => f.CategoryId = 987_654);
        await RefusedAsync(host, nameof(ReportForm.ForPersonId), f => f.ForPersonId = 987_654, TestUsers.Dispatcher);
        await RefusedAsync(host, nameof(ReportForm.Urgency), f => f.Urgency = (Urgency)99, TestUsers.Dispatcher);

        var parent = await host.InDatabaseAsync(db => db.Categories.Where(c => c.Code == "water").Select(c => c.Id).SingleAsync(Ct));
        await RefusedAsync(host, nameof(ReportForm.CategoryId), f => f.CategoryId = parent);
    }

    [Fact]
    public async Task A_retired_room_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            (await db.Rooms.SingleAsync(r => r.Code == "512" && r.Building.Code == "Z3", Ct)).Retire(TestHost.Start, null, "改造");
            return await db.SaveChangesAsync(Ct);
        });
        await RefusedAsync(host, nameof(ReportForm.RoomId), _ => { });
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public async Task A_visit_is_offered_from_today_for_two_weeks(int days, bool accepted)
    {
        await using var host = await TestHost.OpenAsync();
        var last = await host.InDatabaseAsync(db => db.VisitSlots.OrderByDescending(s => s.From).FirstAsync(Ct));
        // A Monday: on the day of the tests' start the office is closed.
        host.Clock.SetUtcNow(TestHost.Start.AddDays(1));
        var day = new DateOnly(2026, 11, 23).AddDays(days);
        void Wish(ReportForm form) => (form.VisitDay, form.VisitSlotId) = (day, last.Id);
        void DayOnly(ReportForm form) => form.VisitDay = day;
        if (accepted)
        {
            await SubmitAsync(host, Wish);
            await SubmitAsync(host, DayOnly);
            return;
        }
        await RefusedAsync(host, nameof(ReportForm.VisitSlotId), Wish);
        await RefusedAsync(host, nameof(ReportForm.VisitSlotId), DayOnly);
    }

    [Fact]
    public async Task A_slot_that_is_over_today_a_slot_without_a_day_and_an_unknown_slot_are_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var first = await host.InDatabaseAsync(db => db.VisitSlots.OrderBy(s => s.From).FirstAsync(Ct));
        host.Clock.SetUtcNow(host.AsSystem().Get<OfficeTime>().At(new DateOnly(2026, 11, 23), first.To));
        var today = new DateOnly(2026, 11, 23);
        await RefusedAsync(host, nameof(ReportForm.VisitSlotId), f => (f.VisitDay, f.VisitSlotId) = (today, first.Id));
        await RefusedAsync(host, nameof(ReportForm.VisitSlotId), f => (f.VisitDay, f.VisitSlotId) = (today, 987_654));
        await RefusedAsync(host, nameof(ReportForm.VisitDay), f => f.VisitSlotId = first.Id);
        await SubmitAsync(host, f => (f.VisitDay, f.VisitSlotId) = (today.AddDays(1), first.Id));
    }

    [Theory]
    [InlineData("🚿🧑‍🔧 水管爆了 👩‍👩‍👧‍👦")]
    [InlineData("الحنفية تسرب الماء \u202eabc")]
    [InlineData("<script>alert('x')</script><img src=x onerror=alert(1)>")]
    [InlineData("'; DROP TABLE \"RepairTickets\"; --")]
    [InlineData("第一行\r\n第二行\t{0} {{x}}")]
    [InlineData("䶮𠀀𪚥 零宽\u200b在中间")]
    public async Task Text_is_stored_as_typed(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await SubmitAsync(host, f => f.Description = typed);
        Assert.Equal(typed, ticket.Description);
    }

    [Fact]
    public async Task The_longest_text_allowed_is_taken_whole()
    {
        await using var host = await TestHost.OpenAsync();
        var typed = new string('漏', RepairLimits.Description);
        Assert.Equal(typed, (await SubmitAsync(host, f => f.Description = typed)).Description);
    }

    [Theory]
    [InlineData(" 138 0000 2071 ", "138 0000 2071")]
    [InlineData("\u202d13800002071\u202c", "13800002071")]
    [InlineData("１３８００００２０７１", "13800002071")]
    [InlineData("+86 138-0000-2071", "+86 138-0000-2071")]
    public async Task A_phone_number_is_freed_of_what_nobody_sees(string typed, string stored)
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(stored, (await SubmitAsync(host, f => f.Phone = typed)).ContactPhone);
    }

    [Fact]
    public async Task The_office_reports_for_somebody_and_owns_the_ticket()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));

        var ticket = await SubmitAsync(host, f => (f.ForPersonId, f.Urgency) = (resident.PersonId, Urgency.Emergency), TestUsers.Dispatcher);

        Assert.Equal((resident.PersonId, office.PersonId, Urgency.Emergency), (ticket.ReporterId, ticket.OwnerId, ticket.Urgency));
        var sheet = await resident.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Equal("王静", sheet.FiledBy);
    }

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData(TestUsers.Technician)]
    public async Task Only_the_office_reports_for_others_or_says_how_pressing_it_is(string user)
    {
        await using var host = await TestHost.OpenAsync();
        var other = (await host.AsAsync("2025020051")).PersonId;
        await Assert.ThrowsAsync<Forbidden>(() => SubmitAsync(host, f => f.ForPersonId = other, user));
        await Assert.ThrowsAsync<Forbidden>(() => SubmitAsync(host, f => f.Urgency = Urgency.Emergency, user));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_ticket_and_nobody_else_learns_its_number()
    {
        await using var host = await TestHost.OpenAsync();
        var key = Guid.NewGuid();
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SubmitAsync(host, f => f.Key = key)));

        Assert.Single(sent.Select(t => t.Number).Distinct());
        Assert.Equal(1, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(Ct)));
        await Assert.ThrowsAsync<NotFound>(() => SubmitAsync(host, f => f.Key = key, "2025020051"));
    }

    [Fact]
    public async Task The_same_form_sent_again_with_other_words_is_a_second_report()
    {
        await using var host = await TestHost.OpenAsync();
        var key = Guid.NewGuid();
        var first = await SubmitAsync(host, f => f.Key = key);
        foreach (var phone in new[] { "13800000001", "13800000002", "13800000002" })
            await SubmitAsync(host, f => (f.Key, f.Description, f.Phone) = (key, "另一处也坏了", phone));

        Assert.Equal(3, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(Ct)));
        Assert.Equal(first.Number, (await SubmitAsync(host, f => f.Key = key)).Number);
    }

    [Theory]
    [InlineData(30, 0, true)]
    [InlineData(30, 1, false)]
    public async Task The_same_fault_in_the_same_room_within_thirty_days_after_closing_counts_as_rework(int days, int seconds, bool isRework)
    {
        await using var host = await TestHost.OpenAsync();
        var closed = await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds));

        var again = await SubmitAsync(host, _ => { });

        Assert.Equal(isRework, again.IsRework);
        var sheet = await (await host.AsAsync(TestUsers.Resident)).Tickets.DetailAsync(again.Number, Ct);
        Assert.Equal(isRework ? closed.Number : null, sheet.ReworkOf);
    }

    [Fact]
    public async Task Another_fault_or_one_that_was_never_closed_is_no_rework()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Cancelled);
        Assert.False((await SubmitAsync(host, _ => { })).IsRework);
        await host.TicketAsync(TicketStatus.Closed);
        var other = await host.FormAsync("wood-door");
        Assert.False((await SubmitAsync(host, f => f.CategoryId = other.CategoryId)).IsRework);
    }

    [Fact]
    public async Task Numbers_count_the_office_s_days_wherever_the_server_stands()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 22, 15, 59, 59, TimeSpan.Zero));
        var last = await SubmitAsync(host, _ => { });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = await SubmitAsync(host, _ => { });
        var second = await SubmitAsync(host, _ => { });

        Assert.Equal(["BX20261122-0001", "BX20261123-0001", "BX20261123-0002"], [last.Number, first.Number, second.Number]);
    }

    [Fact]
    public async Task A_number_taken_by_a_report_that_failed_is_given_to_the_next()
    {
        await using var host = await TestHost.OpenAsync();
        await RefusedAsync(host, nameof(ReportForm.Photos), f => f.Photos = [Guid.NewGuid()]);
        Assert.Equal("BX20261122-0001", (await SubmitAsync(host, _ => { })).Number);
    }

    private static async Task<RepairRow> SubmitAsync(TestHost host, Action<ReportForm> change, string by = TestUsers.Resident)
    {
        var form = await host.FormAsync();
        change(form);
        return await host.RowAsync(await (await host.AsAsync(by)).Intake.SubmitAsync(form, Ct));
    }

    private static async Task RefusedAsync(TestHost host, string field, Action<ReportForm> change, string by = TestUsers.Resident)
    {
        var rejected = await Assert.ThrowsAsync<Rejected>(() => SubmitAsync(host, change, by));
        Assert.Equal(field, Assert.Single(rejected.Problems.Select(p => p.Field).Distinct()));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(Ct)));
    }
}
