namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>A room's part of a meter: its share of the sum of all shares, on these days.</summary>
public sealed class MeterRoom
{
    private MeterRoom() { }

    internal MeterRoom(long roomId, int share, DateOnly firstDay) => (RoomId, Share, FirstDay) = (roomId, share, firstDay);

    public long Id { get; private set; }
    public long MeterId { get; private set; }
    public long RoomId { get; private set; }
    public int Share { get; private set; }
    public DateOnly FirstDay { get; private set; }

    /// <summary>Null while the room has it.</summary>
    public DateOnly? LastDay { get; private set; }

    public void End(DateOnly lastDay) => LastDay = lastDay;

    /// <summary>The room has it again: what ended it is undone.</summary>
    public void Reopen() => LastDay = null;
}
