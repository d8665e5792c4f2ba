using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>
/// A dish of a stall, or a thing of the shelf of goods. Its price has a history to which is only added; orders keep the price they were made at.
/// </summary>
public sealed class ShelfItem : NamedEntity
{
    private readonly List<ItemPrice> _prices = [];

    private ShelfItem() { }

    public static ShelfItem Dish(long stallId, string code, LocalName name, Money price, long? by, DateTimeOffset at) =>
        new(ShelfKind.Meals, stallId, code, name, price, by, at);

    public static ShelfItem Goods(string code, LocalName name, Money price, long? by, DateTimeOffset at) =>
        new(ShelfKind.Goods, null, code, name, price, by, at);

    private ShelfItem(ShelfKind shelf, long? stallId, string code, LocalName name, Money price, long? by, DateTimeOffset at) : base(code, name.Zh, name.En)
    {
        (Shelf, StallId, Unit) = (shelf, stallId, "");
        SetPrice(price, by, at);
    }

    public ShelfKind Shelf { get; private set; }

    /// <summary>Of a dish.</summary>
    [NotAudited]
    public long? StallId { get; private set; }

    /// <summary>Of the price in force: the last one of <see cref="Prices"/>.</summary>
    public long PriceFen { get; private set; }

    /// <summary>The heading under which goods are shown.</summary>
    public string Category { get; private set; } = "";
    public string Unit { get; private set; } = "";

    /// <summary>过敏原, as <see cref="AllergenList"/> writes and reads it; empty when nothing is known.</summary>
    public string Allergens { get; private set; } = "";
    public bool IsVegetarian { get; private set; }
    public bool IsHalal { get; private set; }

    /// <summary>The days on which a dish is served, and at which meals: bits of <see cref="ServedDays"/> and <see cref="Meal"/>.</summary>
    public int Days { get; private set; }
    public int Meals { get; private set; }

    /// <summary>The portions of a dish for each meal, unless a day says otherwise.</summary>
    public int PortionsPerMeal { get; private set; }

    /// <summary>How many one person may order: of a dish for one meal, of goods within thirty days. 0: no limit of its own.</summary>
    public int LimitPerPerson { get; private set; }

    /// <summary>Goods that are brought to the room if the person wishes.</summary>
    public bool IsDelivered { get; private set; }

    /// <summary>At this stock of goods or below, they are on the restock list.</summary>
    public int Threshold { get; private set; }

    /// <summary>Of goods: the sum of its movements.</summary>
    [NotAudited]
    public int Stock { get; private set; }

    /// <summary>Counts changes by people. The version also grows with the stock.</summary>
    [NotAudited]
    public int Revision { get; private set; }

    [NotAudited]
    public Guid? PictureKey { get; private set; }

    public Money Price => new(PriceFen);

    public IReadOnlyCollection<ItemPrice> Prices => _prices;

    public void SetPrice(Money price, long? by, DateTimeOffset at)
    {
        if (Id != 0 && PriceFen == price.Fen) return;
        PriceFen = price.Fen;
        _prices.Add(new ItemPrice(Id, price, by, at));
    }

    public void Describe(string category, string unit, string allergens, bool isVegetarian, bool isHalal)
    {
        (Category, Unit, Allergens) = (CleanText.Clean(category), CleanText.Unit(unit), AllergenList.Parse(allergens).ToString());
        (IsVegetarian, IsHalal) = (isVegetarian, isHalal);
    }

    public void Serve(int days, int meals, int portionsPerMeal) => (Days, Meals, PortionsPerMeal) = (days, meals, portionsPerMeal);

    public void Offer(int limitPerPerson, bool isDelivered, int threshold) =>
        (LimitPerPerson, IsDelivered, Threshold) = (limitPerPerson, isDelivered, threshold);

    public bool IsServedAt(DateOnly day, Meal meal) => ServedDays.Has(Days, day) && ServedDays.Has(Meals, meal);

    public void Revise() => Revision++;

    public void Show(Guid? picture) => PictureKey = picture;

    /// <summary>Adds to the stock of goods and returns the movement, to be stored with it.</summary>
    public StockMovement Move(MovementKind kind, int quantity, long? orderId, string? note, long? by, DateTimeOffset at)
    {
        if (Stock + quantity < 0) throw Rejected.Because<OrdersText>("NotInStock", LocalName, Stock);
        if (Stock + quantity > OrdersLimits.Stock) throw Rejected.Because<OrdersText>("StockTooHigh", LocalName);
        Stock += quantity;
        return new StockMovement(Id, kind, quantity, Stock, orderId, note, by, at);
    }
}

/// <summary>A price of an item from a moment on, until the next one. Never changed.</summary>
public sealed class ItemPrice
{
    private ItemPrice() { }

    internal ItemPrice(long itemId, Money price, long? by, DateTimeOffset from) =>
        (ItemId, PriceFen, SetById, From) = (itemId, price.Fen, by, from);

    public long Id { get; private set; }
    public long ItemId { get; private set; }
    public long PriceFen { get; private set; }
    public DateTimeOffset From { get; private set; }
    public long? SetById { get; private set; }
}
