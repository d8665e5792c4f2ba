using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Ticket numbers such as BX20261125-0015, as people type them.</summary>
public static partial class TicketNumber
{
    /// <summary>
    /// The number, or the beginning of one, that was typed with or without BX and the dash. Digits alone without either are rather a phone or
    /// student number. Null for anything else.
    /// </summary>
    public static string? BegunIn(string typed)
    {
        var code = CleanText.ComparisonKey(typed);
        if (Typed().Match(code) is not { Success: true } match || !(match.Groups["series"].Success || match.Groups["dash"].Success)) return null;
        var (day, rest) = (match.Groups["day"].Value, match.Groups["rest"].Value);
        return RepairTicket.Series + day + (rest.Length > 0 || match.Groups["dash"].Success ? "-" + rest : "");
    }

    [GeneratedRegex(@"^(?<series>" + RepairTicket.Series + @")?((?<day>[0-9]{8})(?<dash>\p{Pd})?(?<rest>[0-9]*)|(?<day>[0-9]{0,7}))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Typed();
}
