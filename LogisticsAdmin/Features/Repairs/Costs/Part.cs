using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>
/// 配件: something that repairs use up, from the list the office keeps. Its prices are a history: a new price ends the one before, and
/// what was used earlier keeps the price it had.
/// </summary>
public sealed class Part : Versioned, IRetirable, IAudited
{
    private readonly List<PartPrice> _prices = [];

    private Part() { }

    public Part(string code, LocalName name, LocalName unit, decimal price, long? by, DateTimeOffset at)
    {
        Code = CleanText.Code(code).ToUpperInvariant();
        Describe(name, unit);
        Charge(price, by, at);
    }

    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string Unit { get; private set; } = "";
    public string UnitEn { get; private set; } = "";

    /// <summary>Each new price changes the part, so that two who price it at once are told of each other.</summary>
    public int PriceCount { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public IReadOnlyCollection<PartPrice> Prices => _prices;

    public void Describe(LocalName name, LocalName unit)
    {
        (Name, NameEn) = (CleanText.Code(name.Zh), CleanText.Code(name.En));
        (Unit, UnitEn) = (CleanText.Code(unit.Zh), CleanText.Code(unit.En));
    }

    /// <summary>A new price from now on. The same price again changes nothing.</summary>
    public void Charge(decimal price, long? by, DateTimeOffset at)
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

/// <summary>What a part cost from when until when; without an end it is the current one, of which a part has one.</summary>
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

/// <summary>工时单价: what an hour of a crew's work costs, from when until when; a crew has one current rate.</summary>
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
