namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>What happens to an order; each leaves a line in its history.</summary>
public enum OrderVerb
{
    Place = 1,
    Pay = 2,
    Prepare = 3,

    /// <summary>Takes back <see cref="Prepare"/>.</summary>
    Unprepare = 4,
    HandOver = 5,

    /// <summary>Takes back <see cref="HandOver"/> within <see cref="PlacedOrder.TakeBackWithin"/>.</summary>
    TakeBack = 6,
    Cancel = 7,
    Expire = 8,
    Refund = 9,
    Miss = 10,
}
