namespace LogisticsAdmin.Features.Orders;

/// <summary>Resources of meals and goods.</summary>
public sealed class OrdersText;
