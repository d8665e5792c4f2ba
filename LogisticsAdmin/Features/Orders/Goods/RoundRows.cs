using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Goods;

/// <summary>What is to be taken from the shelf, what is to be packed, and what is to be brought, by building and floor.</summary>
public sealed record RoundView(IReadOnlyList<PickLine> Pick, IReadOnlyList<RoundOrder> Pack, IReadOnlyList<RoundStop> Stops);

/// <summary>How many of a thing the orders that are to be packed need.</summary>
public sealed record PickLine(LocalName Item, int Quantity);

public sealed record RoundOrder(long Id, string Number, string? Place, string Person, IReadOnlyList<LineRow> Lines);

/// <summary>The packed orders of one floor.</summary>
public sealed record RoundStop(string Building, int Floor, IReadOnlyList<RoundOrder> Orders);
