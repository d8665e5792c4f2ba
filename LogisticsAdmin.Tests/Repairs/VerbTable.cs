using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Who may do what to a ticket in which state, written by hand from the office's rules and not derived from the code under test.</summary>
internal static class VerbTable
{
    // D: dispatcher, manager, administrator. M: manager. T: technician the job is for. R: reporter. C: may see and comment only. H: the
    // system. "open" is every state in which work remains, "any" every state, "same" keeps the state.
    private const string Verbs = """
        Triage        | New                                | Triaged    | D
        Reject        | New Triaged                        | Rejected   | D
        Assign        | New Triaged Assigned Rework        | Assigned   | D
        Take          | Assigned                           | Taken      | T
        Decline       | Assigned                           | Triaged    | T
        Transfer      | open                               | Assigned   | D
        HandOver      | open                               | same       | D
        Arrive        | Taken Rework                       | same       | T
        Start         | Taken Rework                       | InProgress | T
        Hold          | Triaged Assigned Taken InProgress  | OnHold     | T D
        Resume        | OnHold                             | before     | T D
        Complete      | InProgress                         | Completed  | T D
        Verify        | Completed                          | Closed     | R D H
        SendBack      | Completed                          | Rework     | R D
        Rate          | Closed                             | same       | R
        Cancel        | New Triaged Assigned               | Cancelled  | R D
        Nudge         | open                               | same       | R
        Comment       | any                                | same       | R D T C
        Attach        | any                                | same       | R D T C
        ChangeUrgency | open                               | same       | D
        Correct       | open                               | same       | D
        RequestExtension | Taken InProgress OnHold         | same       | T
        DecideExtension  | Taken InProgress OnHold         | same       | M
        BecomeOverdue | open                               | same       | H
        """;

    private const string Open = "New Triaged Assigned Taken InProgress OnHold Rework";

    private const string Any = Open + " Completed Closed Rejected Cancelled Grouped";

    // For somebody who may not see the ticket, it is not found.
    private const string People = """
        an administrator                                  | D
        a manager                                         | D M
        a dispatcher                                      | D
        a dispatcher who reported it                      | D R
        the technician named                              | T
        the technician named, who reported it             | T R
        a technician of the crew while nobody is named    | T
        a technician of the crew while another is named   | C
        a technician of the crew, who reported it         | C R
        a technician of another crew                      | sees nothing
        a technician of another crew who reported it      | R
        a technician of no crew while no crew is named    | sees nothing
        the resident who reported it                      | R
        another resident                                  | sees nothing
        the system itself                                 | H
        """;

    public const string NotFound = "refused as NotFound";
    public const string Forbidden = "refused as Forbidden";
    public const string WrongState = "refused as Rejected";

    public static bool IsRefusal(string outcome) => outcome is NotFound or Forbidden or WrongState;

    private sealed record Line(RepairVerb Verb, TicketStatus[] From, string To, string[] Who);

    private static readonly Dictionary<RepairVerb, Line> ByVerb = Rows(Verbs).Select(c => new Line(
        Enum.Parse<RepairVerb>(c[0]), States(c[1]), c[2], c[3].Split(' '))).ToDictionary(l => l.Verb);

    private static readonly Dictionary<string, string[]> ByPerson = Rows(People).ToDictionary(c => c[0], c => c[1].Split(' '));

    public static IReadOnlyCollection<RepairVerb> AllVerbs => ByVerb.Keys;

    public static IReadOnlyCollection<string> AllPeople => ByPerson.Keys;

    public static TicketStatus[] FittingStates(RepairVerb verb) => ByVerb[verb].From;

    /// <summary>The state afterwards, or <see cref="NotFound"/>, <see cref="Forbidden"/> or <see cref="WrongState"/>.</summary>
    public static string Expected(RepairVerb verb, string person, TicketStatus state, TicketStatus beforeHold)
    {
        if (ByPerson[person] is ["sees", "nothing"]) return NotFound;
        if (!ByVerb[verb].Who.Intersect(ByPerson[person]).Any()) return Forbidden;
        if (!ByVerb[verb].From.Contains(state)) return WrongState;
        return ByVerb[verb].To switch
        {
            "same" => state.ToString(),
            "before" => beforeHold.ToString(),
            var to => to,
        };
    }

    private static TicketStatus[] States(string cell) =>
        [.. (cell switch { "open" => Open, "any" => Any, _ => cell }).Split(' ').Select(Enum.Parse<TicketStatus>)];

    private static IEnumerable<string[]> Rows(string table) => table.Split('\n').Select(l => l.Split('|', StringSplitOptions.TrimEntries));
}
