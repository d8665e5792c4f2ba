using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>A message about an order: the subject is its number, the argument its sum in fen.</summary>
internal sealed class OrderNotificationKind : INotificationKind
{
    public const int Ready = 100, Refunded = 101, Expired = 102, Missed = 103, PaidTooLate = 104, OnTheWay = 105;

    public static readonly IReadOnlyList<int> All = [Ready, Refunded, Expired, Missed, PaidTooLate, OnTheWay];

    private static readonly LocalName OfOrders = LocalName.Of<OrdersText>("Message.Group");

    private readonly LocalName _pattern;

    public OrderNotificationKind(int id)
    {
        var key = id switch
        {
            Ready => "Ready",
            Refunded => "Refunded",
            Expired => "Expired",
            Missed => "Missed",
            PaidTooLate => "PaidTooLate",
            OnTheWay => "OnTheWay",
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
        };
        (Id, Label, _pattern) = (id, LocalName.Of<OrdersText>($"MessageLabel.{key}"), LocalName.Of<OrdersText>($"Message.{key}"));
    }

    public int Id { get; }
    public string Icon => "M5 3v8a3 3 0 0 0 6 0V3M8 3v18M17 3c-2 1-3 4-3 7s1 3 3 3v8";
    public IReadOnlyList<Role> Recipients { get; } = [Role.Resident];
    public bool IsUrgent => Id == Ready;
    public LocalName Label { get; }
    public LocalName? Group => OfOrders;

    public LocalName TextFor(string? argument)
    {
        var fen = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stored) ? stored : 0;
        var amount = new Money(fen).ToString(null, CultureInfo.InvariantCulture);
        return new LocalName(
            string.Format(CultureInfo.InvariantCulture, _pattern.Zh, amount), string.Format(CultureInfo.InvariantCulture, _pattern.En, amount));
    }

    public string Address(Actor reader, string subject) => OrderAddresses.Order(subject);
}
