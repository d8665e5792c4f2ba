using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>From which states each verb leads where.</summary>
public static class OrderMoves
{
    /// <summary>Nothing more is done with these, except a refund.</summary>
    public static readonly PlacedOrderState[] Ended =
        [PlacedOrderState.Done, PlacedOrderState.Cancelled, PlacedOrderState.Expired, PlacedOrderState.Refunded, PlacedOrderState.Missed];

    /// <summary>These have portions, goods and a place in their slot.</summary>
    public static readonly PlacedOrderState[] Holding =
        [PlacedOrderState.Awaiting, PlacedOrderState.Paid, PlacedOrderState.Ready, PlacedOrderState.Done, PlacedOrderState.Missed];

    /// <summary>These were paid and not given back.</summary>
    public static readonly PlacedOrderState[] Sold = [PlacedOrderState.Paid, PlacedOrderState.Ready, PlacedOrderState.Done, PlacedOrderState.Missed];

    private static readonly Dictionary<OrderVerb, (PlacedOrderState[] From, PlacedOrderState To)> Moves = new()
    {
        [OrderVerb.Pay] = ([PlacedOrderState.Awaiting], PlacedOrderState.Paid),
        [OrderVerb.Prepare] = ([PlacedOrderState.Paid], PlacedOrderState.Ready),
        [OrderVerb.Unprepare] = ([PlacedOrderState.Ready], PlacedOrderState.Paid),
        // A kitchen that does not say what is ready still hands over, and so it does to who comes late on the same day.
        [OrderVerb.HandOver] = ([PlacedOrderState.Paid, PlacedOrderState.Ready, PlacedOrderState.Missed], PlacedOrderState.Done),
        [OrderVerb.TakeBack] = ([PlacedOrderState.Done], PlacedOrderState.Ready),
        [OrderVerb.Cancel] = ([PlacedOrderState.Awaiting, PlacedOrderState.Paid], PlacedOrderState.Cancelled),
        [OrderVerb.Expire] = ([PlacedOrderState.Awaiting], PlacedOrderState.Expired),
        [OrderVerb.Refund] = (Sold, PlacedOrderState.Refunded),
        [OrderVerb.Miss] = ([PlacedOrderState.Paid, PlacedOrderState.Ready], PlacedOrderState.Missed),
    };

    public static bool Allows(this OrderVerb verb, PlacedOrderState state) => Moves.TryGetValue(verb, out var move) && move.From.Contains(state);

    /// <exception cref="Rejected">The verb is not possible in this state.</exception>
    internal static PlacedOrderState After(this OrderVerb verb, PlacedOrderState state) => verb.Allows(state) ? Moves[verb].To
        : throw Rejected.Because<OrdersText>($"NotPossible.{state}");
}
