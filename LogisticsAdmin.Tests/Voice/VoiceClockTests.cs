using System.Globalization;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>The limits of cases: around the clock until the first answer, in the office's time until it is settled; warned, late, extended, closed.</summary>
public sealed class VoiceClockTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_answer_is_due_after_a_day_and_settling_after_forty_working_hours()
    {
        await using var host = await TestHost.OpenAsync();
        // A Sunday at 14:00.
        var id = await (await host.AsAsync(TestUsers.Resident)).SendAsync();

        var stored = await host.StoredAsync(id);

        Assert.Equal(TestHost.Start.AddHours(24), stored.AnswerDueAt);
        var clocks = await host.ClocksAsync();
        Assert.Equal(clocks.Office.Add(TestHost.Start, TimeSpan.FromHours(40)), stored.DueAt);
        Assert.Equal(TimeSpan.FromHours(40), clocks.Office.Between(TestHost.Start, stored.DueAt));
    }

    [Fact]
    public async Task A_case_becomes_late_once_and_those_responsible_are_told_step_by_step()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        await office.DoAsync(id, VoiceVerb.Take);
        await TickAsync(host);
        Assert.Empty(await LimitsAsync(host));

        host.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await TickAsync(host);
        await TickAsync(host);

        var stored = await host.StoredAsync(id);
        Assert.True(stored is { IsAnswerLate: true, IsLate: true });
        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoiceEvents.CountAsync(e => e.CaseId == id && e.Verb == VoiceVerb.BecomeLate, Ct)));
        var told = await LimitsAsync(host);
        Assert.Contains(told, m => m.PersonId == office.PersonId);
        Assert.Equal(told.Count, told.Select(m => (m.PersonId, m.At)).Distinct().Count());
        Assert.Single(await office.OpenAsync(new VoiceFilter { View = VoiceView.Late }));
        await office.DoAsync(id, VoiceVerb.Reply, "抱歉答复晚了");
        stored = await host.StoredAsync(id);
        Assert.True(stored is { IsAnswerLate: true, IsLate: false });
    }

    [Fact]
    public async Task Of_a_group_the_lead_alone_escalates_and_what_leaves_the_group_does_so_itself()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var lead = await resident.SendAsync("一");
        long[] members = [await resident.SendAsync("二"), await resident.SendAsync("三"), await resident.SendAsync("四")];
        var form = new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number };
        foreach (var id in members) await office.DoAsync(id, VoiceVerb.Group, form);

        host.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await TickAsync(host);

        Assert.Equal([lead], await ToldOfAsync());
        foreach (var id in members)
        {
            Assert.True((await host.StoredAsync(id)).IsLate);
            Assert.Equal(0, await host.InDatabaseAsync(db => db.VoiceEvents.CountAsync(e => e.CaseId == id && e.Verb == VoiceVerb.Remind, Ct)));
        }

        await office.DoAsync(members[0], VoiceVerb.Ungroup);
        await TickAsync(host);
        Assert.Equal([lead, members[0]], await ToldOfAsync());

        await resident.SayAsync(lead, VoiceVerb.Withdraw);
        await TickAsync(host);
        Assert.Equal([lead, .. members], await ToldOfAsync());

        async Task<IEnumerable<long>> ToldOfAsync() =>
            (await LimitsAsync(host)).Select(m => long.Parse(m.Subject, CultureInfo.InvariantCulture)).Distinct().Order();
    }

    [Fact]
    public async Task An_extension_moves_the_limit_and_what_is_too_late_or_too_often_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        var due = new DateTime(2026, 12, 4, 17, 0, 0);
        await Assert.ThrowsAsync<Rejected>(() => ExtendAsync(due));
        await office.DoAsync(id, VoiceVerb.Reply, "需要等配件");

        await Assert.ThrowsAsync<Rejected>(() => ExtendAsync(new DateTime(2026, 11, 23, 9, 0, 0)));
        await Assert.ThrowsAsync<Rejected>(() => ExtendAsync(due.AddYears(1)));
        await ExtendAsync(due);
        Assert.Equal(new DateTimeOffset(2026, 12, 4, 9, 0, 0, TimeSpan.Zero), (await host.StoredAsync(id)).DueAt);
        await ExtendAsync(due.AddDays(3));
        Assert.Equal("ExtendedTooOften", (await Assert.ThrowsAsync<Rejected>(() => ExtendAsync(due.AddDays(5)))).Code);
        Assert.Contains((await resident.MineAsync(id)).Timeline, e => e.Verb == VoiceVerb.Extend && e.Note == "等配件");

        Task ExtendAsync(DateTime until) => office.DoAsync(id, VoiceVerb.Extend, new VoiceVerbForm { Until = until, Text = "等配件" });
    }

    [Fact]
    public async Task What_nobody_objects_to_is_closed_after_seven_days_and_counts_neither_as_solved_nor_as_not()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        host.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await TickAsync(host);
        Assert.Equal(VoiceState.Settled, (await host.StoredAsync(id)).State);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync(host);

        var stored = await host.StoredAsync(id);
        Assert.Equal((VoiceState.Closed, null), (stored.State, stored.IsSolved));
        // Until fifteen days after it was settled a manager can still be asked.
        await resident.SayAsync(id, VoiceVerb.Appeal, "刚回校，没有解决");
        Assert.Equal(VoiceState.Appealed, (await host.StoredAsync(id)).State);
        var other = await resident.SendAsync("另一件");
        await office.DoAsync(other, VoiceVerb.Settle, "已办");
        host.Clock.Advance(TimeSpan.FromDays(16));
        await TickAsync(host);
        Assert.Equal("AppealTooLate", (await Assert.ThrowsAsync<Rejected>(() => resident.SayAsync(other, VoiceVerb.Appeal, "晚了"))).Code);
    }

    [Fact]
    public async Task Silence_after_a_second_answer_does_not_repeat_that_the_first_one_solved_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        await resident.SayAsync(id, VoiceVerb.Reopen, "没有解决");
        await office.DoAsync(id, VoiceVerb.Settle, "再次办理");
        host.Clock.Advance(TimeSpan.FromDays(7));

        await TickAsync(host);

        var stored = await host.StoredAsync(id);
        Assert.Equal((VoiceState.Closed, null), (stored.State, stored.IsSolved));
    }

    [Fact]
    public async Task A_limit_outside_the_years_that_a_calendar_has_is_refused_at_the_field()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        await office.DoAsync(id, VoiceVerb.Reply, "需要等配件");

        foreach (var until in new[] { DateTime.MinValue, DateTime.MaxValue })
        {
            var form = new VoiceVerbForm { Until = until, Text = "等配件" };
            var refused = await Assert.ThrowsAsync<Rejected>(() => office.DoAsync(id, VoiceVerb.Extend, form));
            Assert.Equal(nameof(VoiceVerbForm.Until), Assert.Single(refused.Problems).Field);
        }
    }

    [Fact]
    public async Task Changed_limits_are_for_what_is_sent_from_then_on()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office, manager) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        var before = await resident.SendAsync();
        var shown = (await manager.Get<VoiceLevelService>().ReadAsync(Ct))[0];
        var form = new VoiceLevelForm { LevelId = shown.Id, AnswerHours = 12, SettleHours = 16, Why = "寒假前" };
        host.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<Forbidden>(() => office.Get<VoiceLevelService>().SetAsync(form, Ct));
        await Assert.ThrowsAsync<NotFound>(() => resident.Get<VoiceLevelService>().SetAsync(form, Ct));

        await manager.Get<VoiceLevelService>().SetAsync(form, Ct);
        await Assert.ThrowsAsync<Stale>(() => manager.Get<VoiceLevelService>().SetAsync(form, Ct));
        var after = await resident.SendAsync("之后");
        await host.AsSystem().Get<VoiceClock>().RecalculateAsync(Ct);

        Assert.Equal(TestHost.Start.AddHours(24), (await host.StoredAsync(before)).AnswerDueAt);
        Assert.Equal(TestHost.Start.AddHours(13), (await host.StoredAsync(after)).AnswerDueAt);
    }

    private static Task TickAsync(TestHost host) => host.AsSystem().Get<VoiceClock>().TickAsync(Ct);

    private static Task<List<InboxItem>> LimitsAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Inbox.AsNoTracking().Where(i => i.Kind == (int)VoiceNotification.Limit).ToListAsync(Ct));
}
