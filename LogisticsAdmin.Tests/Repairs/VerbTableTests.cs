using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The whole table of verbs against entity and access rules: every verb, every person, every state.</summary>
public sealed class VerbTableTests
{
    private const long Me = 1;
    private const long Other = 2;
    private const long MyCrew = 5;
    private const long OtherCrew = 6;

    public static TheoryData<RepairVerb> Verbs => [.. VerbTable.AllVerbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_person_in_every_state_gets_what_the_table_says(RepairVerb verb)
    {
        List<string> wrong = [];
        foreach (var person in VerbTable.AllPeople)
        {
            foreach (var state in Enum.GetValues<TicketStatus>())
            {
                var ticket = Sample.In(state);
                var expected = VerbTable.Expected(verb, person, state, TicketStatus.Taken);
                // An extension must be requested before it can be decided.
                if (verb == RepairVerb.DecideExtension && VerbTable.FittingStates(verb).Contains(state))
                    Sample.Perform(ticket, RepairVerb.RequestExtension, Sample.Submitted.AddHours(4));
                var events = ticket.Events.Count;

                var actual = Try(person, verb, ticket);

                if (actual != expected) wrong.Add($"{verb} by {person} in {state}: expected {expected}, was {actual}");
                var written = VerbTable.IsRefusal(expected) ? 0 : 1;
                if (ticket.Events.Count != events + written)
                    wrong.Add($"{verb} by {person} in {state}: {ticket.Events.Count - events} events instead of {written}");
                if (written == 0 && ticket.Status != state) wrong.Add($"{verb} by {person} in {state}: refused, but the state moved to {ticket.Status}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_table_names_every_verb_but_submitting_importing_escalating_and_undoing() =>
        Assert.Equal(
            Enum.GetValues<RepairVerb>().Except([RepairVerb.Submit, RepairVerb.Import, RepairVerb.Escalate, RepairVerb.Undo]).Order(),
            VerbTable.AllVerbs.Order());

    [Fact]
    public void Everybody_signed_in_may_report_and_only_the_system_imports()
    {
        foreach (var person in VerbTable.AllPeople)
        {
            var (actor, ticket) = ActorAndParties(person);
            Assert.Equal(person != "the system itself", actor.May(RepairVerb.Submit, ticket));
            Assert.Equal(person == "the system itself", actor.May(RepairVerb.Import, ticket));
        }
    }

    /// <summary>Which tickets can be undone, and until when, is decided by the change set, which only its author can use.</summary>
    [Fact]
    public void Only_staff_who_see_a_ticket_take_anything_back_on_it()
    {
        string[] none =
        [
            "a technician of another crew", "a technician of no crew while no crew is named", "the resident who reported it",
            "another resident", "the system itself",
        ];
        foreach (var person in VerbTable.AllPeople)
        {
            var (actor, ticket) = ActorAndParties(person);
            Assert.True(none.Contains(person) != actor.May(RepairVerb.Undo, ticket), person);
        }
    }

    [Fact]
    public void Internal_notes_are_read_by_staff_of_the_ticket_and_never_by_whoever_only_reported_it()
    {
        string[] readers =
        [
            "an administrator", "a manager", "a dispatcher", "a dispatcher who reported it", "the technician named",
            "the technician named, who reported it", "a technician of the crew while nobody is named",
            "a technician of the crew while another is named", "a technician of the crew, who reported it", "the system itself",
        ];
        foreach (var person in VerbTable.AllPeople)
        {
            var (actor, ticket) = ActorAndParties(person);
            Assert.True(readers.Contains(person) == actor.MaySeeInternal(ticket), person);
        }
    }

    private static string Try(string person, RepairVerb verb, RepairTicket ticket)
    {
        var (actor, parties) = ActorAndParties(person);
        try
        {
            actor.Demand(verb, parties);
            Sample.Perform(ticket, verb, Sample.Submitted.AddHours(5));
            return ticket.Status.ToString();
        }
        catch (Refusal refusal)
        {
            return $"refused as {refusal.GetType().Name}";
        }
    }

    /// <summary>The person, and the ticket's relation to them.</summary>
    private static (Actor Actor, TicketParties Ticket) ActorAndParties(string person) => person switch
    {
        "an administrator" => (Is(Role.Administrator), new(Other, OtherCrew, Other)),
        "a manager" => (Is(Role.Manager), new(Other, OtherCrew, Other)),
        "a dispatcher" => (Is(Role.Dispatcher), new(Other, OtherCrew, Other)),
        "a dispatcher who reported it" => (Is(Role.Dispatcher), new(Me, OtherCrew, Other)),
        "the technician named" => (Is(Role.Technician, MyCrew), new(Other, MyCrew, Me)),
        "the technician named, who reported it" => (Is(Role.Technician, MyCrew), new(Me, MyCrew, Me)),
        "a technician of the crew while nobody is named" => (Is(Role.Technician, MyCrew), new(Other, MyCrew, null)),
        "a technician of the crew while another is named" => (Is(Role.Technician, MyCrew), new(Other, MyCrew, Other)),
        "a technician of the crew, who reported it" => (Is(Role.Technician, MyCrew), new(Me, MyCrew, Other)),
        "a technician of another crew" => (Is(Role.Technician, MyCrew), new(Other, OtherCrew, null)),
        "a technician of another crew who reported it" => (Is(Role.Technician, MyCrew), new(Me, OtherCrew, Other)),
        "a technician of no crew while no crew is named" => (Is(Role.Technician), new(Other, null, null)),
        "the resident who reported it" => (Is(Role.Resident), new(Me, MyCrew, Other)),
        "another resident" => (Is(Role.Resident), new(Other, MyCrew, Other)),
        "the system itself" => (Actor.System, new(Other, null, null)),
        _ => throw new ArgumentOutOfRangeException(nameof(person), person, null),
    };

    private static Actor Is(Role role, long? crew = null) => new(Me, "某人", new HashSet<Role> { role }, crew, null);
}
