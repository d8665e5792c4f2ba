using System.Globalization;
using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Checks that ticket numbers are unique and well formed, and that none exceeds the last one issued on its day.</summary>
internal sealed class NumbersCheck : IStorageCheck
{
    public string Subject => "ticket numbers 报修单号";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var last = await db.Set<DayNumber>().Where(n => n.Series == RepairTicket.Series).ToDictionaryAsync(n => n.Day, n => n.Last, ct);
        HashSet<string> seen = [];
        await foreach (var ticket in db.RepairTickets.Select(t => new { t.Id, t.Number }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!seen.Add(ticket.Number)) yield return $"Number {ticket.Number} is given twice, again to ticket {ticket.Id}.";
            if (Parse(ticket.Number) is not var (day, number)) yield return $"Ticket {ticket.Id} has a number of another form: {ticket.Number}.";
            else if (number > last.GetValueOrDefault(day))
                yield return $"Number {ticket.Number} is beyond the last one given out that day ({last.GetValueOrDefault(day)}).";
        }
    }

    private static (DateOnly Day, int Number)? Parse(string number)
    {
        if (!number.StartsWith(RepairTicket.Series, StringComparison.Ordinal)) return null;
        if (number[RepairTicket.Series.Length..].Split('-') is not [var dayText, var numberText]) return null;
        return DateOnly.TryParseExact(dayText, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(numberText, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
            && DayNumbers.Format(RepairTicket.Series, day, n) == number
                ? (day, n)
                : null;
    }
}
