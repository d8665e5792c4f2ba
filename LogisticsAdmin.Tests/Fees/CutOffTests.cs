using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Cut-offs from the announcement to the restore, and what stands against them.</summary>
public sealed class CutOffTests
{
    private static readonly CutOffDoneForm Done = new() { Note = "已拉闸" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cut_off_is_announced_proposed_after_its_notice_approved_carried_out_and_restored_when_it_is_paid()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(cutOff: "50", notice: 3);
        await host.OwesAsync(100);

        var announced = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(host.RemindAsync, Ct)));
        await host.FollowUpAsync();
        var order = await host.CutOffAsync();
        Assert.Equal((1, CutOffState.Announced, 10_000L, new DateOnly(2026, 11, 25)), (announced.Sum(), order.State, order.DebtFen, order.NotBefore));
        Assert.Equal(["2026-11-25"], await host.ToldAsync(ArrearsNotificationKind.CutOffAnnounced));
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<CutOffService>();
        Assert.Equal("OtherState", (await Assert.ThrowsAsync<Rejected>(() => office.ApproveAsync(order.Id, Ct))).Code);

        host.MoveTo(new DateOnly(2026, 11, 25), 10);
        await host.FollowUpAsync();
        Assert.Equal(CutOffState.Proposed, (await host.CutOffAsync()).State);
        var technician = await host.AsAsync(TestUsers.Technician);
        var mine = technician.Get<CutOffService>();
        await office.ApproveAsync(order.Id, Ct);
        var nobody = new CutOffAssignForm { TechnicianId = (await host.AsAsync(TestUsers.Resident)).PersonId };
        await Assert.ThrowsAsync<Rejected>(() => office.AssignAsync(order.Id, nobody, Ct));
        Assert.Empty((await mine.MineAsync(Ct)).Tasks);
        await office.AssignAsync(order.Id, new CutOffAssignForm { TechnicianId = technician.PersonId }, Ct);
        Assert.Equal((order.Id, false), Assert.Single((await mine.MineAsync(Ct)).Tasks.Select(t => (t.Id, t.IsRestore))));
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.CutOffWork, TestUsers.Technician));
        for (var time = 0; time < 2; time++) await mine.CutAsync(order.Id, Done, Ct);
        order = await host.CutOffAsync();
        Assert.Equal((CutOffState.Cut, technician.PersonId, "已拉闸"), (order.State, order.CutById, order.CutNote));
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.CutOffDone));

        // A part is not enough, the rest is, and the supply comes back also at night.
        host.MoveTo(new DateOnly(2026, 11, 28), 23);
        await host.PaidAsync("60");
        Assert.Equal(CutOffState.Cut, (await host.CutOffAsync()).State);
        await host.PaidAsync("40");
        Assert.Equal(CutOffState.ToRestore, (await host.CutOffAsync()).State);
        Assert.Equal(2, (await host.ToldAsync(ArrearsNotificationKind.CutOffWork, TestUsers.Technician)).Count);
        Assert.True(Assert.Single((await mine.MineAsync(Ct)).Tasks).IsRestore);
        for (var time = 0; time < 2; time++) await mine.RestoreAsync(order.Id, new CutOffDoneForm(), Ct);
        Assert.Equal(CutOffState.Restored, (await host.CutOffAsync()).State);
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.Restored));
        Assert.Equal(0, await host.RemindAsync());
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task It_is_taken_back_at_once_when_less_than_the_threshold_is_unpaid_before_it_is_carried_out()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();

        await host.PaidAsync("50");
        Assert.Equal(CutOffState.Assigned, (await host.CutOffAsync()).State);
        await host.PaidAsync("1");

        var order = await host.CutOffAsync();
        Assert.Equal((CutOffState.TakenBack, true), (order.State, order.PaidAt is not null && order.EndedAt is not null));
        var technician = (await host.AsAsync(TestUsers.Technician)).Get<CutOffService>();
        host.MoveTo(ArrearsSteps.Monday.AddDays(8), 11);
        Assert.Equal("OtherState", (await Assert.ThrowsAsync<Rejected>(() => technician.CutAsync(id, Done, Ct))).Code);
        Assert.Empty((await technician.MineAsync(Ct)).Tasks);
    }

    [Fact]
    public async Task What_was_carried_out_before_the_payment_took_it_back_is_confirmed_within_a_day_and_restored()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        var technician = await host.AsAsync(TestUsers.Technician);
        var mine = technician.Get<CutOffService>();
        await host.PaidAsync("100");
        Assert.Equal(CutOffState.TakenBack, (await host.CutOffAsync()).State);

        // The form had waited for a signal until the evening, and is sent twice.
        host.MoveTo(ArrearsSteps.Monday.AddDays(7), 20);
        for (var time = 0; time < 2; time++) await mine.CutAsync(id, Done, Ct);

        var order = await host.CutOffAsync();
        Assert.Equal(
            (CutOffState.ToRestore, technician.PersonId, "已拉闸", null), (order.State, order.CutById, order.CutNote, order.EndedAt));
        Assert.Equal(2, (await host.ToldAsync(ArrearsNotificationKind.CutOffWork, TestUsers.Technician)).Count);
        Assert.True(Assert.Single((await mine.MineAsync(Ct)).Tasks).IsRestore);
        await mine.RestoreAsync(id, new CutOffDoneForm(), Ct);
        Assert.Equal(CutOffState.Restored, (await host.CutOffAsync()).State);
    }

    [Fact]
    public async Task The_management_is_told_of_a_restore_when_the_technician_who_cut_off_has_left()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Get<CutOffService>().CutAsync(id, Done, Ct);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Users.SingleAsync(p => p.Id == technician.PersonId, token)).Retire(host.Clock.GetUtcNow(), null, "离职");
            return 0;
        }, Ct));

        await host.PaidAsync("100");

        Assert.Equal(CutOffState.ToRestore, (await host.CutOffAsync()).State);
        foreach (var who in new[] { TestUsers.Manager, TestUsers.Administrator })
        {
            var line = (await (await host.AsAsync(who)).Get<InboxService>().ReadAsync(ct: Ct)).Lines
                .Single(l => l.Kind == ArrearsNotificationKind.RestoreUnassigned);
            Assert.Equal("fees/arrears/cut-offs?state=ToRestore", line.Address);
            Assert.Contains("竹园3号楼 512", line.About!.Zh, StringComparison.Ordinal);
        }
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.Kind == ArrearsNotificationKind.CutOffWork, Ct)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_office_took_back_or_had_restored_is_not_announced_again_within_the_cool_down(bool isCut)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        var technician = (await host.AsAsync(TestUsers.Technician)).Get<CutOffService>();
        if (isCut) await technician.CutAsync(id, Done, Ct);
        await (await host.AsAsync(TestUsers.Manager)).Get<CutOffService>().TakeBackAsync(id, new TakeBackForm { Because = "困难学生，缓交" }, Ct);
        if (isCut) await technician.RestoreAsync(id, new CutOffDoneForm(), Ct);

        host.MoveTo(ArrearsSteps.Monday.AddDays(8), 9);
        Assert.Equal(0, await host.RemindAsync());
        host.MoveTo(ArrearsSteps.Monday.AddDays(13), 9);
        Assert.Equal(0, await host.RemindAsync());
        host.MoveTo(ArrearsSteps.Monday.AddDays(14), 9);
        Assert.Equal(1, await host.RemindAsync());
    }

    [Fact]
    public async Task Nothing_under_way_is_proposed_approved_assigned_or_cut_off_when_an_administrator_has_turned_it_off()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(cutOff: "50");
        await host.OwesAsync(100);
        await host.RemindAsync();
        host.MoveTo(ArrearsSteps.Monday.AddDays(7), 10);
        var id = (await host.CutOffAsync()).Id;
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<CutOffService>();
        var technician = await host.AsAsync(TestUsers.Technician);
        var assigned = new CutOffAssignForm { TechnicianId = technician.PersonId };

        await host.TermsAsync(cutOff: "0");
        await host.FollowUpAsync();
        Assert.Equal(CutOffState.Announced, (await host.CutOffAsync()).State);
        await host.TermsAsync(cutOff: "50");
        await host.FollowUpAsync();
        await RefusedAsync(CutOffState.Proposed, () => office.ApproveAsync(id, Ct));
        await office.ApproveAsync(id, Ct);
        await RefusedAsync(CutOffState.Approved, () => office.AssignAsync(id, assigned, Ct));
        await office.AssignAsync(id, assigned, Ct);
        await RefusedAsync(CutOffState.Assigned, () => technician.Get<CutOffService>().CutAsync(id, Done, Ct));
        await technician.Get<CutOffService>().CutAsync(id, Done, Ct);
        // What is cut off is restored all the same.
        await host.TermsAsync(cutOff: "0");
        await office.TakeBackAsync(id, new TakeBackForm { Because = "不再停供" }, Ct);
        await technician.Get<CutOffService>().RestoreAsync(id, new CutOffDoneForm(), Ct);
        Assert.Equal(CutOffState.Restored, (await host.CutOffAsync()).State);

        async Task RefusedAsync(CutOffState state, Func<Task> act)
        {
            await host.TermsAsync(cutOff: "50", notice: 0);
            Assert.Equal("CutOffsAreOff", (await Assert.ThrowsAsync<Rejected>(act)).Code);
            Assert.Equal(state, (await host.CutOffAsync()).State);
            await host.TermsAsync(cutOff: "50");
        }
    }

    [Theory]
    [InlineData(2026, 11, 30, 20, "OutsideHours")]
    [InlineData(2026, 12, 5, 10, "Weekend")]
    [InlineData(2027, 1, 5, 10, "ExamWeek")]
    [InlineData(2027, 2, 16, 10, "Holiday")]
    public async Task It_is_refused_inside_the_write_when_nothing_may_be_cut_off(int year, int month, int day, int hour, string obstacle)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        await (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>()
            .AddExamAsync(new ExamForm { From = new(2027, 1, 4), To = new(2027, 1, 15), Name = "期末考试" }, Ct);
        await host.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            db.Set<CalendarSpan>().Add(new(new(2027, 2, 15), new(2027, 2, 21), SpanKind.Holiday, "春节", "Spring Festival"));
            return Task.FromResult(0);
        }, Ct));
        host.MoveTo(new DateOnly(year, month, day), hour);
        var technician = (await host.AsAsync(TestUsers.Technician)).Get<CutOffService>();

        var refused = await Assert.ThrowsAsync<Rejected>(() => technician.CutAsync(id, Done, Ct));

        Assert.Equal(("NotNow", CutOffState.Assigned), (refused.Code, (await host.CutOffAsync()).State));
        Assert.Equal(Enum.Parse<CutOffObstacle>(obstacle), (await technician.MineAsync(Ct)).Obstacle);
    }

    [Fact]
    public async Task Only_the_technician_who_has_it_confirms_and_only_the_office_decides()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        var because = new TakeBackForm { Because = "困难学生，缓交" };

        foreach (var who in new[] { TestUsers.Dispatcher, TestUsers.Manager, TestUsers.Administrator, TestUsers.Resident })
        {
            var other = (await host.AsAsync(who)).Get<CutOffService>();
            await Assert.ThrowsAsync<NotFound>(() => other.CutAsync(id, Done, Ct));
            await Assert.ThrowsAsync<NotFound>(() => other.MineAsync(Ct));
        }
        foreach (var who in new[] { TestUsers.Technician, TestUsers.Resident })
        {
            var other = (await host.AsAsync(who)).Get<CutOffService>();
            await Assert.ThrowsAsync<NotFound>(() => other.ApproveAsync(id, Ct));
            await Assert.ThrowsAsync<NotFound>(() => other.AssignAsync(id, new CutOffAssignForm { TechnicianId = 1 }, Ct));
            await Assert.ThrowsAsync<NotFound>(() => other.TakeBackAsync(id, because, Ct));
        }
        var office = (await host.AsAsync(TestUsers.Manager)).Get<CutOffService>();
        var technician = (await host.AsAsync(TestUsers.Technician)).Get<CutOffService>();
        await Assert.ThrowsAsync<Rejected>(() => office.TakeBackAsync(id, new TakeBackForm(), Ct));
        await technician.CutAsync(id, Done, Ct);
        // The debt remains, and the office has the supply restored all the same.
        await office.TakeBackAsync(id, because, Ct);
        Assert.Equal(CutOffState.ToRestore, (await host.CutOffAsync()).State);
        await technician.RestoreAsync(id, new CutOffDoneForm(), Ct);
        Assert.Equal(CutOffState.Restored, (await host.CutOffAsync()).State);
        Assert.Equal(id, Assert.Single(await office.AllAsync(new CutOffFilter { WithEnded = true }, Ct)).Id);
        Assert.Empty(await office.AllAsync(new CutOffFilter(), Ct));
    }

    [Fact]
    public async Task Nothing_is_cut_off_without_days_of_notice_or_a_threshold()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(cutOff: "50", notice: 0);
        await host.OwesAsync(100);
        Assert.Equal(0, await host.RemindAsync());
        await host.TermsAsync(cutOff: "0", notice: 3);
        Assert.Equal(0, await host.RemindAsync());
        await host.TermsAsync(cutOff: "100.01", notice: 3);
        Assert.Equal(0, await host.RemindAsync());
        Assert.False(await host.InDatabaseAsync(db => db.CutOffOrders.AnyAsync(Ct)));
    }
}
