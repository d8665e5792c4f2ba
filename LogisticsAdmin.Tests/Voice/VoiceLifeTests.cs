using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>The life of cases through the services: who owns them, answers, solved or not, appeals, groups, bulk and undo.</summary>
public sealed class VoiceLifeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resident_sends_a_complaint_the_office_answers_and_the_resident_says_that_it_is_solved()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();

        var row = Assert.Single(await office.OpenAsync());
        Assert.Equal(("王小雨", VoiceState.New), (row.Reporter, row.State));
        Assert.Equal("TS20261122-0001", row.Number);
        await office.DoAsync(id, VoiceVerb.Take);
        await office.DoAsync(id, VoiceVerb.Reply, "正在核实");
        await office.DoAsync(id, VoiceVerb.Settle, "已延长到 23:30");

        var mine = await resident.MineAsync(id);
        Assert.Equal(["Submit", "Reply", "Settle"], mine.Timeline.Select(e => e.Verb.ToString()));
        Assert.Equal("已延长到 23:30", mine.Timeline[^1].Note);
        await resident.SayAsync(id, VoiceVerb.Solve);
        await resident.SayAsync(id, VoiceVerb.Rate, satisfaction: Satisfaction.Satisfied);

        var stored = await host.StoredAsync(id);
        Assert.Equal((VoiceState.Closed, true, Satisfaction.Satisfied), (stored.State, stored.IsSolved, stored.Satisfaction));
        await Assert.ThrowsAsync<Rejected>(() => resident.SayAsync(id, VoiceVerb.Rate, satisfaction: Satisfaction.Fair));
    }

    [Fact]
    public async Task Whoever_takes_it_first_owns_it_also_when_two_press_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await (await host.AsAsync(TestUsers.Resident)).SendAsync();
        var desks = new[] { await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher) };

        var outcomes = await Task.WhenAll(desks.Select(d => Record.ExceptionAsync(() => d.DoAsync(id, VoiceVerb.Take)).AsTask()));

        Assert.Equal("TakenAlready", Assert.IsType<Rejected>(Assert.Single(outcomes, o => o is not null)).Code);
        var winner = desks[outcomes[0] is null ? 0 : 1];
        Assert.Equal(winner.PersonId, (await host.StoredAsync(id)).OwnerId);
    }

    [Fact]
    public async Task It_is_reopened_once_and_a_manager_decides_once_also_when_two_appeals_are_sent_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, manager) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        var devices = new[] { await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Resident) };
        var id = await devices[0].SendAsync();
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        await devices[0].SayAsync(id, VoiceVerb.Reopen, "没有解决");
        await office.DoAsync(id, VoiceVerb.Settle, "再次办理");
        await Assert.ThrowsAsync<Rejected>(() => devices[0].SayAsync(id, VoiceVerb.Reopen, "还是没有"));

        var outcomes = await Task.WhenAll(devices.Select(d => Record.ExceptionAsync(() => d.SayAsync(id, VoiceVerb.Appeal, "不同意")).AsTask()));

        Assert.Single(outcomes, o => o is Rejected);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoiceEvents.CountAsync(e => e.CaseId == id && e.Verb == VoiceVerb.Appeal, Ct)));
        await Assert.ThrowsAsync<Forbidden>(() => office.DoAsync(id, VoiceVerb.Decide, new VoiceVerbForm { Text = "支持", Upheld = true }));
        await manager.DoAsync(id, VoiceVerb.Decide, new VoiceVerbForm { Text = "支持", Upheld = true });
        Assert.Equal((VoiceState.Decided, true), ((await host.StoredAsync(id)).State, (await host.StoredAsync(id)).IsUpheld));
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_case_and_another_persons_same_form_is_another()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician));
        var form = new VoiceSubmitForm { Key = Guid.NewGuid(), Kind = VoiceKind.Suggestion, Text = "建议装快递架" };

        var first = await resident.Get<VoiceMine>().SubmitAsync(form, Ct);

        Assert.Equal(first, await resident.Get<VoiceMine>().SubmitAsync(form, Ct));
        Assert.Equal(first, await resident.Get<VoiceMine>().SubmittedAsync(form, Ct));
        Assert.NotEqual(first, await technician.Get<VoiceMine>().SubmitAsync(form, Ct));
        await Assert.ThrowsAsync<NotFound>(() => technician.MineAsync(first));
        await Assert.ThrowsAsync<NotFound>(() => technician.SayAsync(first, VoiceVerb.Withdraw));
    }

    [Fact]
    public async Task An_answer_to_the_lead_reaches_every_case_of_the_group_and_undo_takes_all_back()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician, office) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, member) = (await resident.SendAsync(), await technician.SendAsync(anonymous: true));
        var number = (await host.StoredAsync(lead)).Number;
        await office.DoAsync(member, VoiceVerb.Group, new VoiceVerbForm { Lead = number.ToLowerInvariant() });
        Assert.Equal(lead, Assert.Single(await office.OpenAsync()).Id);

        await office.DoAsync(lead, VoiceVerb.Reply, "同一答复");
        await office.DoAsync(lead, VoiceVerb.Settle, "已办");

        foreach (var id in new[] { lead, member }) Assert.Equal(VoiceState.Settled, (await host.StoredAsync(id)).State);
        Assert.Equal("已办", (await technician.MineAsync(member)).Timeline[^1].Note);
        var undo = office.Get<VoiceUndo>();
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal((2, 0), (outcome.Done, outcome.Left.Count));
        foreach (var id in new[] { lead, member }) Assert.Equal(VoiceState.Answered, (await host.StoredAsync(id)).State);
        await office.DoAsync(member, VoiceVerb.Ungroup);
        Assert.Equal(0, (await host.StoredAsync(lead)).Members);
    }

    [Fact]
    public async Task Undoing_a_grouping_counts_the_lead_right_and_leaves_alone_what_changed_since()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, one, other) = (await resident.SendAsync("一"), await resident.SendAsync("二"), await resident.SendAsync("三"));
        var number = (await host.StoredAsync(lead)).Number;
        var result = await office.DoManyAsync([one, other, lead], VoiceVerb.Group, new VoiceVerbForm { Lead = number });
        Assert.Equal((2, lead), (result.Done.Count, Assert.Single(result.Refused).Id));
        await resident.SayAsync(other, VoiceVerb.Add, "补充");

        var undo = office.Get<VoiceUndo>();
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal((1, 1), (outcome.Done, outcome.Left.Count));
        Assert.Equal(1, (await host.StoredAsync(lead)).Members);
        Assert.Equal((null, (long?)lead), ((await host.StoredAsync(one)).LeadId, (await host.StoredAsync(other)).LeadId));
    }

    [Fact]
    public async Task Whoever_does_not_agree_with_a_groups_answer_goes_on_alone_and_what_a_lead_leaves_behind_stands_for_itself()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician, office) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, one, other) = (await resident.SendAsync("一"), await technician.SendAsync("二"), await technician.SendAsync("三"));
        var form = new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number };
        await office.DoAsync(one, VoiceVerb.Group, form);
        await office.DoAsync(lead, VoiceVerb.Settle, "已办");
        await technician.SayAsync(one, VoiceVerb.Reopen, "没有解决");
        Assert.Equal([one, other], (await office.OpenAsync()).Select(r => r.Id).Order());
        Assert.Equal((null, 0), ((await host.StoredAsync(one)).LeadId, (await host.StoredAsync(lead)).Members));

        await resident.SayAsync(lead, VoiceVerb.Reopen, "没有解决");
        await office.DoAsync(other, VoiceVerb.Group, form);
        await resident.SayAsync(lead, VoiceVerb.Withdraw);

        Assert.Equal([one, other], (await office.OpenAsync()).Select(r => r.Id).Order());
    }

    [Fact]
    public async Task The_office_does_nothing_with_a_case_of_its_own_and_others_are_not_found()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague, resident) =
            (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher), await host.AsAsync(TestUsers.Resident));
        var id = await office.SendAsync(anonymous: true);

        await Assert.ThrowsAsync<Forbidden>(() => office.DoAsync(id, VoiceVerb.Settle, "已办"));
        await colleague.DoAsync(id, VoiceVerb.Note, "内部看法");
        Assert.DoesNotContain((await office.CaseAsync(id)).Timeline, e => e.IsInternal);
        Assert.Contains((await colleague.CaseAsync(id)).Timeline, e => e.IsInternal);
        await Assert.ThrowsAsync<NotFound>(() => resident.CaseAsync(id));
        await Assert.ThrowsAsync<NotFound>(() => resident.OpenAsync());
        await Assert.ThrowsAsync<NotFound>(() => resident.DoAsync(id, VoiceVerb.Settle, "已办"));
        await Assert.ThrowsAsync<NotFound>(() => resident.MineAsync(id));
        await Assert.ThrowsAsync<NotFound>(() => resident.Get<VoiceBoard>().PublishAsync(id, new VoicePublishForm(), Ct));
    }

    [Fact]
    public async Task Nobody_works_on_their_own_case_through_its_lead_and_their_undo_leaves_it_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague, resident) =
            (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher), await host.AsAsync(TestUsers.Resident));
        var (lead, own) = (await resident.SendAsync("一"), await office.SendAsync("二", anonymous: true));
        var (other, second) = (await resident.SendAsync("三"), await office.SendAsync("四"));
        await colleague.DoAsync(own, VoiceVerb.Group, new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number });

        Assert.Equal("OwnInGroup", (await Assert.ThrowsAsync<Rejected>(() => office.DoAsync(lead, VoiceVerb.Settle, "已办"))).Code);
        foreach (var id in new[] { lead, own }) Assert.Equal(VoiceState.New, (await host.StoredAsync(id)).State);
        await colleague.DoManyAsync([second, other], VoiceVerb.Take, new VoiceVerbForm());
        var outcome = await office.Get<VoiceUndo>().UndoAsync(colleague.Get<VoiceUndo>().Latest!.Value, Ct);

        Assert.Equal((1, 1), (outcome.Done, outcome.Left.Count));
        Assert.Equal((null, colleague.PersonId), ((await host.StoredAsync(other)).OwnerId, (await host.StoredAsync(second)).OwnerId));
    }

    [Fact]
    public async Task An_answer_to_marked_cases_reaches_each_once_also_with_their_lead_among_them()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, member) = (await resident.SendAsync("一"), await resident.SendAsync("二"));
        await office.DoAsync(member, VoiceVerb.Group, new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number });

        foreach (var verb in new[] { VoiceVerb.Reply, VoiceVerb.Settle })
        {
            var result = await office.DoManyAsync([member, lead], verb, new VoiceVerbForm { Text = "同一答复" });
            Assert.Equal((2, 0), (result.Done.Count, result.Refused.Count));
            foreach (var id in new[] { lead, member }) Assert.Single((await resident.MineAsync(id)).Timeline, e => e.Verb == verb);
        }
    }

    [Fact]
    public async Task An_undo_leaves_no_open_case_under_a_lead_that_ended_meanwhile()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, member) = (await resident.SendAsync("一"), await resident.SendAsync("二"));
        await office.DoAsync(member, VoiceVerb.Group, new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number });
        await office.DoAsync(lead, VoiceVerb.Settle, "已办");
        await resident.SayAsync(lead, VoiceVerb.Solve);

        var undo = office.Get<VoiceUndo>();
        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal((1, 1), (outcome.Done, outcome.Left.Count));
        Assert.Equal((null, 0), ((await host.StoredAsync(member)).LeadId, (await host.StoredAsync(lead)).Members));
        Assert.Equal(member, Assert.Single(await office.OpenAsync()).Id);
    }

    [Fact]
    public async Task Where_the_owner_lost_the_role_the_dispatchers_are_told()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office, owner) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        var id = await resident.SendAsync();
        await owner.DoAsync(id, VoiceVerb.Take);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            db.UserRoles.RemoveRange(await db.UserRoles.Where(r => r.UserId == owner.PersonId).ToListAsync(token));
            return 0;
        }, Ct));

        await resident.SayAsync(id, VoiceVerb.Add, "昨晚又停了");
        host.Clock.Advance(TimeSpan.FromHours(25));
        await host.AsSystem().Get<VoiceClock>().TickAsync(Ct);

        foreach (var kind in new[] { VoiceNotification.ReporterActed, VoiceNotification.Limit })
        {
            var told = await host.InDatabaseAsync(db => db.Inbox.Where(i => i.Kind == (int)kind).Select(i => i.PersonId).ToListAsync(Ct));
            Assert.Contains(office.PersonId, told);
            Assert.DoesNotContain(owner.PersonId, told);
        }
    }

    [Fact]
    public async Task Nobody_puts_their_own_case_on_the_board_or_takes_it_off()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        var id = await office.SendAsync(anonymous: true);
        await colleague.DoAsync(id, VoiceVerb.Settle, "已办");
        VoicePublishForm form = new() { Title = "热水时间", Question = "希望热水晚一点停", Answer = "已延长" };

        await Assert.ThrowsAsync<Forbidden>(() => office.Get<VoiceBoard>().PublishAsync(id, form, Ct));
        await colleague.Get<VoiceBoard>().PublishAsync(id, form, Ct);
        await Assert.ThrowsAsync<Forbidden>(() => office.Get<VoiceBoard>().RetireAsync(id, Ct));

        Assert.Single(await office.Get<VoiceBoard>().ReadAsync(ct: Ct));
    }

    [Fact]
    public async Task What_a_case_is_about_is_shown_to_whoever_may_see_the_thing_and_not_kept_when_it_would_tell_who_it_was()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician, office) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Dispatcher));
        var ticket = (await host.TicketAsync()).Number;

        var named = await resident.SendAsync(about: "ticket", key: ticket);
        var anonymous = await resident.SendAsync("另一件", anonymous: true, about: "ticket", key: ticket, place: "room");
        var foreign = await technician.SendAsync("第三件", about: "ticket", key: ticket);

        Assert.Equal($"repairs/{ticket}", (await office.CaseAsync(named)).Subject!.Address);
        Assert.Equal($"my/repairs/{ticket}", (await resident.MineAsync(named)).Subject!.Address);
        var stored = await host.StoredAsync(anonymous);
        Assert.Null(stored.SubjectKey);
        Assert.Null(stored.RoomId);
        Assert.NotNull(stored.BuildingId);
        Assert.Null((await host.StoredAsync(foreign)).SubjectKey);
    }

    [Fact]
    public async Task Messages_go_to_dispatchers_to_the_owner_and_to_the_reporter()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        await resident.SayAsync(id, VoiceVerb.Reopen, "没有解决");

        var messages = await host.InDatabaseAsync(db => db.Inbox.AsNoTracking().Where(i => i.Kind >= 90 && i.Kind < 100).ToListAsync(Ct));

        Assert.Contains(messages, m => (m.PersonId, m.Kind) == (office.PersonId, (int)VoiceNotification.Submitted));
        Assert.Contains(messages, m => (m.PersonId, m.Kind) == (resident.PersonId, (int)VoiceNotification.Answered));
        Assert.Contains(messages, m => (m.PersonId, m.Kind) == (office.PersonId, (int)VoiceNotification.ReporterActed));
        Assert.DoesNotContain(messages, m => m.PersonId == resident.PersonId && m.Kind != (int)VoiceNotification.Answered);
    }

    [Fact]
    public async Task The_board_shows_what_the_office_chose_without_the_reporters_name_and_counts_each_person_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician, office) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        var board = office.Get<VoiceBoard>();
        VoicePublishForm form = new() { Title = "热水时间", Question = "王小雨问热水", Answer = "已延长" };
        await Assert.ThrowsAsync<Rejected>(() => board.PublishAsync(id, form, Ct));
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        Assert.Equal("NamesReporter", (await Assert.ThrowsAsync<Rejected>(() => board.PublishAsync(id, form, Ct))).Problems.Single().Code);
        form.Question = "希望热水晚一点停";
        await board.PublishAsync(id, form, Ct);

        var row = Assert.Single(await technician.Get<VoiceBoard>().ReadAsync(ct: Ct));
        var devices = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.AsAsync(TestUsers.Technician)));
        await Task.WhenAll(devices.Select(d => d.Get<VoiceBoard>().SupportAsync(row.Id, Ct)));
        Assert.Equal(1, (await technician.Get<VoiceBoard>().ReadAsync(ct: Ct)).Single().Supports);
        await board.RetireAsync(id, Ct);
        Assert.Empty(await technician.Get<VoiceBoard>().ReadAsync(ct: Ct));
        await Assert.ThrowsAsync<NotFound>(() => technician.Get<VoiceBoard>().SupportAsync(row.Id, Ct));
    }

    [Fact]
    public async Task Residents_cannot_send_without_end()
    {
        await using var host = await TestHost.OpenAsync(services => services.Configure<LimitOptions>(o => o.ReportsPerDay = 2));
        var resident = await host.AsAsync(TestUsers.Resident);
        await resident.SendAsync("一");
        await resident.SendAsync("二");

        Assert.Equal("TooManyReports", (await Assert.ThrowsAsync<Rejected>(() => resident.SendAsync("三"))).Code);
        host.Clock.Advance(TimeSpan.FromHours(25));
        await resident.SendAsync("三");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>{{7*7}}")]
    [InlineData("'; DROP TABLE VoiceCases; --")]
    [InlineData("\u202Egnp.exe 😀 𠮷 \u0000 a")]
    public async Task Hostile_text_is_kept_as_it_was_typed_and_found_again(string text)
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));

        var id = await resident.SendAsync(text);

        Assert.Equal(text.Trim(), (await office.CaseAsync(id)).Row.Text);
        Assert.Empty(await office.OpenAsync(new VoiceFilter { Text = "%_'\"*" }));
        await office.OpenAsync(new VoiceFilter { Text = text });
        await Assert.ThrowsAsync<Rejected>(() => resident.SendAsync("\u200B\u200B"));
        await Assert.ThrowsAsync<Rejected>(() => resident.SendAsync(new string('长', VoiceLimits.Text + 1)));
    }

    [Fact]
    public async Task The_list_is_read_in_windows_in_every_order_and_each_case_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        List<long> sent = [];
        for (var n = 0; n < 7; n++)
        {
            sent.Add(await resident.SendAsync($"第 {n} 件"));
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        foreach (var sort in Enum.GetValues<VoiceSort>())
        {
            var filter = new VoiceFilter { View = VoiceView.All, Sort = sort };
            List<VoiceRow> read = [];
            for (VoiceEdge? after = null; ;)
            {
                var page = await office.Get<VoiceQueries>().WindowAsync(filter, 3, after: after, ct: Ct);
                read.AddRange(page.Items);
                if (!page.MoreAfter) break;
                after = VoiceEdge.Of(page.Items[^1], sort);
            }
            Assert.Equal(sent.Order(), read.Select(r => r.Id).Order());
            Assert.Equal(read.OrderBy(r => VoiceEdge.Of(r, sort)).Select(r => r.Id), read.Select(r => r.Id));
            var back = await office.Get<VoiceQueries>().WindowAsync(filter, 3, before: VoiceEdge.Of(read[5], sort), ct: Ct);
            Assert.Equal(read[2..5].Select(r => r.Id), back.Items.Select(r => r.Id));
        }
        Assert.Equal(7, (await office.Get<VoiceQueries>().CountsAsync(new VoiceFilter(), Ct))[VoiceView.New]);
    }
}
