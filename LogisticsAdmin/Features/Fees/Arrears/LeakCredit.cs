namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The credit of a room for one day on which a leak was not repaired. There is one for each room and day, however many leaks there are.</summary>
public sealed class LeakCredit
{
    private LeakCredit() { }

    public LeakCredit(long roomId, DateOnly day, long ticketId, long fen, DateTimeOffset at) =>
        (RoomId, Day, TicketId, AmountFen, At) = (roomId, day, ticketId, fen, at);

    public long Id { get; private set; }
    public long RoomId { get; private set; }
    public DateOnly Day { get; private set; }
    public long TicketId { get; private set; }
    public long AmountFen { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>When it was booked back, because its ticket came to nothing or is about something else.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    /// <summary>Of its posting; another one each time that it is earned.</summary>
    public string Reference => FormattableString.Invariant($"leak:{RoomId}:{Day:yyyy-MM-dd}:{At.UtcTicks}");

    /// <summary>Another ticket of the room earns the day as well.</summary>
    public void BelongTo(long ticketId) => TicketId = ticketId;

    public void TakeBack(DateTimeOffset at) => TakenBackAt = at;

    /// <summary>The day is earned after all, after it was booked back.</summary>
    public void EarnAgain(long ticketId, long fen, DateTimeOffset at) =>
        (TicketId, AmountFen, At, TakenBackAt) = (ticketId, fen, at > At ? at : At.AddTicks(1), null);
}
