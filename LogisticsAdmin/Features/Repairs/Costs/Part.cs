using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>
/// 配件: an item consumed by repairs, from the list that the office maintains. Prices form a history: a new price ends the previous one,
/// and earlier uses keep the price they were recorded at.
/// </summary>
public sealed class Part : Versioned, IRetirable, IAudited
{
    private readonly List<PartPrice> _prices = [];

    private Part() { }

    public Part(string code, LocalName name, LocalName unit, decimal price, long? by, DateTimeOffset at)
    {
        Code = CleanText.Clean(code).ToUpperInvariant();
        Describe(name, unit);
        SetPrice(price, by, at);
    }

    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string Unit { get; private set; } = "";
    public string UnitEn { get; private set; } = "";

    /// <summary>Counts price changes, so that each changes the part's version and simultaneous price changes conflict.</summary>
    public int PriceCount { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public IReadOnlyCollection<PartPrice> Prices => _prices;

    public void Describe(LocalName name, LocalName unit)
    {
        (Name, NameEn) = (CleanText.Clean(name.Zh), CleanText.Clean(name.En));
        (Unit, UnitEn) = (CleanText.Unit(unit.Zh), CleanText.Unit(unit.En));
    }

    /// <summary>Sets the price from now on. Setting the current price again changes nothing.</summary>
    public void SetPrice(decimal price, long? by, DateTimeOffset at)
    {
        var current = _prices.SingleOrDefault(p => p.Until is null);
        if (current?.Price == price) return;
        current?.End(at);
        _prices.Add(new PartPrice(price, by, at));
        PriceCount++;
    }

    public void Retire(long by, DateTimeOffset at)
    {
        if (RetiredAt is not null) throw Rejected.Because<CostsText>("AlreadyRetired", Code);
        (RetiredAt, RetiredById) = (at, by);
    }

    public void Restore()
    {
        if (RetiredAt is null) throw Rejected.Because<CostsText>("NotRetired", Code);
        (RetiredAt, RetiredById) = (null, null);
    }
}

/// <summary>The price of a part in a period. A part has exactly one current price, the one without an end.</summary>
public sealed class PartPrice
{
    private PartPrice() { }

    internal PartPrice(decimal price, long? setById, DateTimeOffset from) => (Price, SetById, From) = (price, setById, from);

    public long Id { get; private set; }
    public long PartId { get; private set; }
    public decimal Price { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset? Until { get; private set; }
    public long? SetById { get; private set; }

    internal void End(DateTimeOffset at) => Until = at;
}

/// <summary>工时单价: the hourly rate of a crew in a period. A crew has at most one current rate, the one without an end.</summary>
public sealed class LabourRate : Versioned
{
    private LabourRate() { }

    public LabourRate(long crewId, decimal pricePerHour, long? setById, DateTimeOffset from) =>
        (CrewId, PricePerHour, SetById, From) = (crewId, pricePerHour, setById, from);

    public long CrewId { get; private set; }
    public decimal PricePerHour { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset? Until { get; private set; }
    public long? SetById { get; private set; }

    public void End(DateTimeOffset at) => Until = at;
}
