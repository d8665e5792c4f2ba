using LogisticsAdmin.Features.Voice.Cases;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Who may do what to a case in which state, written by hand from the office's rules and not derived from the code under test.</summary>
internal static class VoiceTable
{
    // D: dispatcher, manager, administrator who did not send it. M: manager. A: administrator. R: reporter. H: the system.
    // "open" is every state in which the office has something to do, "any" every state, "same" keeps the state.
    private const string Verbs = """
        Take       | open                     | same      | D
        Reply      | open Settled             | answered  | D
        Note       | any                      | same      | D
        Add        | open Settled             | same      | R
        HandOver   | open                     | same      | D
        Escalate   | New Answered Reopened    | same      | D
        Extend     | Answered Reopened        | same      | D
        Correct    | open                     | same      | D
        Settle     | New Answered Reopened    | Settled   | D
        Solve      | Settled                  | Closed    | R
        Reopen     | Settled                  | Reopened  | R
        Appeal     | Settled Closed           | Appealed  | R
        Decide     | Appealed                 | Decided   | M
        Rate       | Settled Closed Decided   | same      | R
        Withdraw   | open                     | Withdrawn | R
        Close      | Settled                  | Closed    | H
        Group      | New Answered Reopened    | same      | D
        Ungroup    | New Answered Reopened    | same      | D
        OpenName   | any                      | same      | A
        BecomeLate | open                     | same      | H
        """;

    private const string Open = "New Answered Reopened Appealed";

    private const string Any = Open + " Settled Decided Closed Withdrawn";

    // For somebody who may not see the case, it is not found.
    private const string People = """
        an administrator              | D A
        a manager                     | D M
        a dispatcher                  | D
        an administrator who sent it  | R
        a manager who sent it         | R
        a dispatcher who sent it      | R
        a technician                  | sees nothing
        a technician who sent it      | R
        a resident                    | sees nothing
        the resident who sent it      | R
        the system itself             | H
        """;

    public const string NotFound = "refused as NotFound";
    public const string Forbidden = "refused as Forbidden";
    public const string WrongState = "refused as Rejected";

    private sealed record Line(VoiceVerb Verb, VoiceState[] From, string To, string[] Who);

    private static readonly Dictionary<VoiceVerb, Line> ByVerb = Rows(Verbs).Select(c => new Line(
        Enum.Parse<VoiceVerb>(c[0]), States(c[1]), c[2], c[3].Split(' '))).ToDictionary(l => l.Verb);

    private static readonly Dictionary<string, string[]> ByPerson = Rows(People).ToDictionary(c => c[0], c => c[1].Split(' '));

    public static IReadOnlyCollection<VoiceVerb> AllVerbs => ByVerb.Keys;

    public static IReadOnlyCollection<string> AllPeople => ByPerson.Keys;

    public static bool IsRefusal(string outcome) => outcome is NotFound or Forbidden or WrongState;

    /// <summary>The state afterwards, or how it is refused.</summary>
    public static string Expected(VoiceVerb verb, string person, VoiceState state)
    {
        var (line, who) = (ByVerb[verb], ByPerson[person]);
        if (who is ["sees", "nothing"]) return NotFound;
        if (!line.Who.Intersect(who).Any()) return Forbidden;
        if (!line.From.Contains(state)) return WrongState;
        return line.To switch
        {
            "same" => state.ToString(),
            "answered" => (state == VoiceState.New ? VoiceState.Answered : state).ToString(),
            _ => line.To,
        };
    }

    private static VoiceState[] States(string written) =>
        [
            .. written.Split(' ').SelectMany(word => word switch { "any" => Any.Split(' '), "open" => Open.Split(' '), _ => [word] })
                .Select(Enum.Parse<VoiceState>),
        ];

    private static IEnumerable<string[]> Rows(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
}
