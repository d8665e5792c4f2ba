using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>A payment that arrived at a gateway and fits no order. <paramref name="TradeNumber"/>: the gateway's own number, where it says one.</summary>
public sealed record UnknownPayment(string Gateway, string RequestNumber, string? TradeNumber, Money Amount);
