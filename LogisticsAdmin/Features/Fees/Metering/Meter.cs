using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>表: counts what one room, or several together, use of one kind. It is replaced by another meter, never changed into one.</summary>
public sealed class Meter : Versioned, IAudited
{
    private readonly List<MeterRoom> _rooms = [];

    private Meter() { }

    /// <summary>
    /// <paramref name="multiplier"/>: 倍率: units for one step of the counter. <paramref name="digits"/>: how many digits the counter shows before the
    /// decimal point; then it begins at 0 again.
    /// </summary>
    public Meter(long kindId, string number, decimal multiplier, int digits, DateOnly installedOn)
    {
        (KindId, Number, InstalledOn) = (kindId, CleanText.Clean(number), installedOn);
        Describe(multiplier, digits);
    }

    public long KindId { get; private set; }

    /// <summary>表号: unique among the meters of a kind that are in use.</summary>
    public string Number { get; private set; } = "";
    public decimal Multiplier { get; private set; } = 1;
    public int Digits { get; private set; }
    public DateOnly InstalledOn { get; private set; }

    /// <summary>Null while it is in use.</summary>
    public DateOnly? RemovedOn { get; private set; }
    public long? ReplacedByMeterId { get; private set; }

    /// <summary>The rooms that share it, former ones included.</summary>
    public IReadOnlyCollection<MeterRoom> Rooms => _rooms;

    /// <summary>At which reading the counter is at 0 again.</summary>
    public decimal RollsOverAt => Enumerable.Repeat(10m, Digits).Aggregate(1m, (all, ten) => all * ten);

    /// <summary>The caller checks that nothing was billed by it yet.</summary>
    public void Describe(decimal multiplier, int digits) => (Multiplier, Digits) = (multiplier, digits);

    public void ShareWith(long roomId, int share, DateOnly firstDay) => _rooms.Add(new MeterRoom(roomId, share, firstDay));

    /// <summary>In use again: what removed it is undone.</summary>
    public void Return() => (RemovedOn, ReplacedByMeterId) = (null, null);

    public void Remove(DateOnly day, long? replacedBy) => (RemovedOn, ReplacedByMeterId) = (day, replacedBy);
}
