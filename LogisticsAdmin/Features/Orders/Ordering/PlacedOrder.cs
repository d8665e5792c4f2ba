using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>
/// An order of meals of one stall, or of goods. It keeps names and prices as they were; its verbs refuse what its state does not allow, and
/// <see cref="Versioned.Version"/> lets only one of two simultaneous verbs happen.
/// </summary>
public sealed class PlacedOrder : Versioned
{
    /// <summary>How long a hand-over can be taken back.</summary>
    public static readonly TimeSpan TakeBackWithin = TimeSpan.FromMinutes(10);

    private readonly List<OrderLine> _lines = [];
    private readonly List<OrderEvent> _events = [];

    private PlacedOrder() { }

    public PlacedOrder(string number, ShelfKind shelf, long personId, string code, Guid? key, long? by, DateTimeOffset at)
    {
        (Number, Shelf, PersonId, Code, Key, CreatedAt, State) = (number, shelf, personId, code, key, at, PlacedOrderState.Awaiting);
        Note(OrderVerb.Place, by, at, null);
    }

    public string Number { get; private set; } = "";
    public ShelfKind Shelf { get; private set; }
    public long PersonId { get; private set; }
    public PlacedOrderState State { get; private set; }

    /// <summary>取餐码, see <see cref="PickUpCode"/>: who says it gets the order.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Of the form; a form sent twice is one order.</summary>
    public Guid? Key { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Of meals: stall, day, meal and the beginning of the pick-up slot.</summary>
    public long? StallId { get; private set; }
    public long? CanteenId { get; private set; }
    public DateOnly? Day { get; private set; }
    public Meal? Meal { get; private set; }
    public TimeOnly? Slot { get; private set; }

    /// <summary>Of goods that are brought to a room; null when they are picked up.</summary>
    public long? RoomId { get; private set; }

    /// <summary>What the person wishes, such as less oil.</summary>
    public string? Wish { get; private set; }
    public long TotalFen { get; private set; }

    /// <summary>While the payment is awaited: portions, goods and slot are kept until then.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>The number of the payment that was asked for; null when the account paid.</summary>
    public string? PaymentNumber { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }
    public DateTimeOffset? ReadyAt { get; private set; }

    /// <summary>When it was handed over, cancelled, refunded or missed.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why the office gave the money back.</summary>
    public string? Because { get; private set; }

    /// <summary>Its portions or goods were given back and can be sold again.</summary>
    public bool IsReleased { get; private set; }

    public Money Total => new(TotalFen);

    /// <summary>What the ledger calls it.</summary>
    public string Reference => OrderPayments.ReferenceOf(Id);

    public IReadOnlyCollection<OrderLine> Lines => _lines;
    public IReadOnlyCollection<OrderEvent> Events => _events;

    public void OfMeal(Stall stall, DateOnly day, Meal meal, TimeOnly slot) =>
        (StallId, CanteenId, Day, Meal, Slot) = (stall.Id, stall.CanteenId, day, meal, slot);

    /// <summary>Goods: the day of the order counts in reports.</summary>
    public void OfGoods(DateOnly day, long? roomId) => (Day, RoomId) = (day, roomId);

    public void Ask(string? wish) => Wish = CleanText.Clean(wish) is { Length: > 0 } text ? text : null;

    public void Add(ShelfItem item, int quantity)
    {
        _lines.Add(new OrderLine(item, quantity));
        TotalFen = checked(TotalFen + item.PriceFen * quantity);
    }

    public void Hold(DateTimeOffset until) => HeldUntil = until;

    public void PayWith(string paymentNumber) => PaymentNumber = paymentNumber;

    internal void Release()
    {
        if (IsReleased) throw new InvalidOperationException($"Order {Number} was released before.");
        IsReleased = true;
    }

    public void Pay(DateTimeOffset at)
    {
        Move(OrderVerb.Pay, null, at);
        (PaidAt, HeldUntil) = (at, null);
    }

    public void Prepare(long? by, DateTimeOffset at)
    {
        Move(OrderVerb.Prepare, by, at);
        ReadyAt = at;
    }

    public void Unprepare(long? by, DateTimeOffset at)
    {
        Move(OrderVerb.Unprepare, by, at);
        ReadyAt = null;
    }

    public void HandOver(long? by, DateTimeOffset at)
    {
        Move(OrderVerb.HandOver, by, at);
        (ReadyAt, EndedAt) = (ReadyAt ?? at, at);
    }

    public void TakeBack(long? by, DateTimeOffset at)
    {
        if (OrderVerb.TakeBack.Allows(State) && EndedAt + TakeBackWithin < at) throw Rejected.Because<OrdersText>("TakeBackTooLate");
        Move(OrderVerb.TakeBack, by, at);
        EndedAt = null;
    }

    public void Cancel(long by, DateTimeOffset at)
    {
        Move(OrderVerb.Cancel, by, at);
        (EndedAt, HeldUntil) = (at, null);
    }

    public void Expire(DateTimeOffset at)
    {
        Move(OrderVerb.Expire, null, at);
        (EndedAt, HeldUntil) = (at, null);
    }

    public void Refund(long? by, DateTimeOffset at, string because)
    {
        Move(OrderVerb.Refund, by, at, because);
        (EndedAt, Because) = (at, CleanText.Clean(because));
    }

    public void Miss(DateTimeOffset at)
    {
        Move(OrderVerb.Miss, null, at);
        EndedAt = at;
    }

    private void Move(OrderVerb verb, long? by, DateTimeOffset at, string? text = null)
    {
        State = verb.After(State);
        Note(verb, by, at, text);
    }

    private void Note(OrderVerb verb, long? by, DateTimeOffset at, string? text) => _events.Add(new OrderEvent(verb, by, at, text));
}

/// <summary>So many of an item, at the price and with the name that it had.</summary>
public sealed class OrderLine
{
    private OrderLine() { }

    internal OrderLine(ShelfItem item, int quantity) =>
        (ItemId, Name, NameEn, Quantity, PriceFen) = (item.Id, item.Name, item.NameEn, quantity, item.PriceFen);

    public long Id { get; private set; }
    public long OrderId { get; private set; }
    public long ItemId { get; private set; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public int Quantity { get; private set; }
    public long PriceFen { get; private set; }
}

/// <summary>A line of an order's history, never changed.</summary>
public sealed class OrderEvent
{
    private OrderEvent() { }

    internal OrderEvent(OrderVerb verb, long? by, DateTimeOffset at, string? text) => (Verb, ById, At, Text) = (verb, by, at, text);

    public long Id { get; private set; }
    public long OrderId { get; private set; }
    public OrderVerb Verb { get; private set; }
    public long? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Text { get; private set; }
}

/// <summary>What somebody says about a dish or thing that they picked up, once for each line.</summary>
public sealed class ItemReview
{
    private ItemReview() { }

    public ItemReview(long lineId, long itemId, long personId, int stars, string? text, DateTimeOffset at)
    {
        (LineId, ItemId, PersonId, Stars, At) = (lineId, itemId, personId, stars, at);
        Text = CleanText.Clean(text) is { Length: > 0 } typed ? typed : null;
    }

    public long Id { get; private set; }
    public long LineId { get; private set; }
    public long ItemId { get; private set; }
    public long PersonId { get; private set; }

    /// <summary>From 1 to 5.</summary>
    public int Stars { get; private set; }
    public string? Text { get; private set; }
    public DateTimeOffset At { get; private set; }
}
