using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>The whole table of verbs against entity and access rules: every verb, every person, every state.</summary>
public sealed class VoiceTableTests
{
    private const long Me = 1, Colleague = 2;

    private static readonly DateTimeOffset At = new(2026, 11, 16, 2, 0, 0, TimeSpan.Zero);

    public static TheoryData<VoiceVerb> Verbs => [.. VoiceTable.AllVerbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_person_in_every_state_gets_what_the_table_says(VoiceVerb verb)
    {
        List<string> wrong = [];
        foreach (var person in VoiceTable.AllPeople)
        {
            foreach (var state in Enum.GetValues<VoiceState>())
            {
                var lead = VoiceCase.Submit("TS20261116-0009", new VoiceReport(VoiceKind.Complaint, "同一件事", false), At);
                // Ids come from the database; the rule compares them.
                Give(lead, 99);
                var sent = In(state, verb, lead);
                var expected = VoiceTable.Expected(verb, person, state);
                var events = sent.Events.Count;

                var actual = Try(person, verb, sent, lead);

                if (actual != expected) wrong.Add($"{verb} by {person} in {state}: expected {expected}, was {actual}");
                var written = VoiceTable.IsRefusal(expected) ? 0 : 1;
                if (sent.Events.Count != events + written)
                    wrong.Add($"{verb} by {person} in {state}: {sent.Events.Count - events} events instead of {written}");
                if (written == 0 && sent.State != state) wrong.Add($"{verb} by {person} in {state}: refused, but the state moved to {sent.State}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_table_names_every_verb_but_sending_reminding_and_undoing() =>
        Assert.Equal(
            Enum.GetValues<VoiceVerb>().Except([VoiceVerb.Submit, VoiceVerb.Remind, VoiceVerb.Undo]).Order(), VoiceTable.AllVerbs.Order());

    [Fact]
    public void No_entry_names_the_reporter_and_each_of_the_office_names_who_did_it()
    {
        foreach (var state in Enum.GetValues<VoiceState>())
        {
            var sent = In(state, VoiceVerb.Note, null);
            Assert.All(sent.Events, e => Assert.Equal(e.Side == VoiceSide.Office, e.ActorId is not null));
        }
    }

    [Fact]
    public void Internal_notes_are_for_the_office_and_never_about_ones_own_case()
    {
        Assert.True(Is(Role.Dispatcher).MaySeeInternal(isReporter: false));
        Assert.False(Is(Role.Dispatcher).MaySeeInternal(isReporter: true));
        Assert.False(Is(Role.Resident).MaySeeInternal(isReporter: true));
        Assert.False(Is(Role.Technician).MaySeeInternal(isReporter: false));
    }

    private static string Try(string person, VoiceVerb verb, VoiceCase sent, VoiceCase lead)
    {
        var (actor, isReporter) = ActorOf(person);
        try
        {
            actor.Demand(verb, isReporter);
            Perform(sent, verb, lead, At.AddHours(30));
            return sent.State.ToString();
        }
        catch (Refusal refusal)
        {
            return $"refused as {refusal.GetType().Name}";
        }
    }

    private static void Perform(VoiceCase sent, VoiceVerb verb, VoiceCase lead, DateTimeOffset at) => _ = verb switch
    {
        VoiceVerb.Take => sent.Take(Colleague, at),
        VoiceVerb.Reply => sent.Reply(Colleague, "您好", at),
        VoiceVerb.Note => sent.WriteNote(Colleague, "已联系", at),
        VoiceVerb.Add => sent.Add("补充", at),
        VoiceVerb.HandOver => sent.HandOver(Colleague, 7, null, at),
        VoiceVerb.Escalate => sent.Escalate(Colleague, "需要协调", at),
        VoiceVerb.Extend => sent.Extend(Colleague, (sent.DueAt > at ? sent.DueAt : at).AddDays(2), "等配件", at),
        VoiceVerb.Correct => sent.Correct(Colleague, VoiceKind.Suggestion, null, null, at),
        VoiceVerb.Settle => sent.Settle(Colleague, "已办", at),
        VoiceVerb.Solve => sent.Solve(at),
        VoiceVerb.Reopen => sent.Reopen("没有解决", at),
        VoiceVerb.Appeal => sent.Appeal("不同意", at),
        VoiceVerb.Decide => sent.Decide(Colleague, true, "支持", at),
        VoiceVerb.Rate => sent.Rate(Satisfaction.Satisfied, at),
        VoiceVerb.Withdraw => sent.Withdraw(null, at),
        VoiceVerb.Close => sent.Close(at),
        VoiceVerb.Group => sent.Group(Colleague, lead, at),
        VoiceVerb.Ungroup => sent.Ungroup(Colleague, lead, at),
        VoiceVerb.OpenName => sent.OpenName(Colleague, "安全原因", at),
        VoiceVerb.BecomeLate => Late(sent, at),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    private static VoiceEvent Late(VoiceCase sent, DateTimeOffset at)
    {
        sent.BecomeLate(sent.FirstAnsweredAt is null ? ClockKind.Response : ClockKind.Completion, at.AddDays(60));
        return sent.Events.Last();
    }

    /// <summary>A case in a state, prepared so that only the state can refuse the verb.</summary>
    private static VoiceCase In(VoiceState state, VoiceVerb verb, VoiceCase? lead)
    {
        var sent = VoiceCase.Submit("TS20261116-0001", new VoiceReport(VoiceKind.Complaint, "没有热水", true), At);
        var times = Times();
        sent.Recalculate(times, At);
        if (verb == VoiceVerb.Ungroup && lead is not null) JoinBefore(sent, lead);
        switch (state)
        {
            case VoiceState.Answered:
                sent.Reply(Me, "您好", At.AddHours(1));
                break;
            case VoiceState.Settled:
                sent.Settle(Me, "已办", At.AddHours(1));
                break;
            case VoiceState.Reopened:
                sent.Settle(Me, "已办", At.AddHours(1));
                sent.Reopen("没有解决", At.AddHours(2));
                break;
            case VoiceState.Appealed or VoiceState.Decided:
                sent.Settle(Me, "已办", At.AddHours(1));
                sent.Appeal("不同意", At.AddHours(2));
                if (state == VoiceState.Decided) sent.Decide(Me, false, "不支持", At.AddHours(3));
                break;
            case VoiceState.Closed:
                sent.Settle(Me, "已办", At.AddHours(1));
                sent.Solve(At.AddHours(2));
                break;
            case VoiceState.Withdrawn:
                sent.Withdraw(null, At.AddHours(1));
                break;
            default:
                break;
        }
        sent.Recalculate(times, At.AddHours(3));
        // Who answered owns it; taking asks for one that nobody owns.
        if (verb == VoiceVerb.Take) typeof(VoiceCase).GetProperty(nameof(VoiceCase.OwnerId))!.SetValue(sent, null);
        return sent;
    }

    private static void JoinBefore(VoiceCase sent, VoiceCase lead)
    {
        Give(sent, 98);
        sent.Group(Me, lead, At.AddMinutes(1));
    }

    private static void Give(VoiceCase sent, long id) => typeof(Versioned).GetProperty(nameof(Versioned.Id))!.SetValue(sent, id);

    private static VoiceTimes Times() => new(
        new ServiceClock(
            new WorkingTime([new OfficeSlot(Season.Term, DayOfWeek.Monday, new TimeOnly(8, 0), new TimeOnly(17, 0))], [], TimeZoneInfo.Utc), [],
            new Dictionary<long, long?>(), []),
        [new VoiceLevel(1_440, 2_400, DateTimeOffset.UnixEpoch, null)]);

    private static (Actor Actor, bool IsReporter) ActorOf(string person) => person switch
    {
        "an administrator" => (Is(Role.Administrator), false),
        "a manager" => (Is(Role.Manager), false),
        "a dispatcher" => (Is(Role.Dispatcher), false),
        "an administrator who sent it" => (Is(Role.Administrator), true),
        "a manager who sent it" => (Is(Role.Manager), true),
        "a dispatcher who sent it" => (Is(Role.Dispatcher), true),
        "a technician" => (Is(Role.Technician), false),
        "a technician who sent it" => (Is(Role.Technician), true),
        "a resident" => (Is(Role.Resident), false),
        "the resident who sent it" => (Is(Role.Resident), true),
        "the system itself" => (Actor.System, false),
        _ => throw new ArgumentOutOfRangeException(nameof(person), person, null),
    };

    private static Actor Is(Role role) => new(Me, "某人", new HashSet<Role> { role }, null, null);
}
