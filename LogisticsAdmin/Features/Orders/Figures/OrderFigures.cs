using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Figures;

/// <summary>All figures about meals and goods. A meal counts on its day, goods on the day of the order.</summary>
internal static class OrderFigures
{
    public const string Section = "orders";

    public static readonly IReadOnlyList<OrderFigure> All =
    [
        new(Define("meal-orders", FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null), l => l is { IsFirst: true, IsMeal: true, IsSold: true }),
        new(Define("portions", FigureForm.Sum, FigureUnit.Times, FigureDirection.Neutral, "quantity"), l => l is { IsMeal: true, IsSold: true }),
        new(Define("meal-sales", FigureForm.Sum, FigureUnit.Yuan, FigureDirection.Neutral, "amount"), l => l is { IsMeal: true, IsSold: true }),
        new(Define("missed", FigureForm.Count, FigureUnit.Pieces, FigureDirection.LowerIsBetter, null), l => l is { IsFirst: true, IsMissed: true }),
        new(Define("missed-rate", FigureForm.Share, FigureUnit.Percent, FigureDirection.LowerIsBetter, null),
            l => l is { IsFirst: true, IsMissed: true }, l => l is { IsFirst: true, IsMeal: true, IsSold: true }),
        new(Define("waste", FigureForm.Sum, FigureUnit.Times, FigureDirection.LowerIsBetter, "quantity"), l => l is { IsMeal: true, IsWaste: true }),
        new(Define("recorded-waste", FigureForm.Sum, FigureUnit.Times, FigureDirection.LowerIsBetter, "quantity"), _ => false, CountsWaste: true),
        new(Define("goods-orders", FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null),
            l => l is { IsFirst: true, IsMeal: false, IsSold: true }),
        new(Define("goods-sales", FigureForm.Sum, FigureUnit.Yuan, FigureDirection.Neutral, "amount"), l => l is { IsMeal: false, IsSold: true }),
        new(Define("cancelled", FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null),
            l => l is { IsFirst: true, State: PlacedOrderState.Cancelled, WasPaid: true }),
        new(Define("refunded", FigureForm.Count, FigureUnit.Pieces, FigureDirection.LowerIsBetter, null),
            l => l is { IsFirst: true, State: PlacedOrderState.Refunded }),
        new(Define("stars", FigureForm.Mean, FigureUnit.Stars, FigureDirection.HigherIsBetter, "stars"), l => l.Stars is not null),
    ];

    /// <summary>How recorded waste is numbered as a row: closed months have lines of orders by their ids.</summary>
    public static long RowOfWaste(long id) => -id;

    public static IReadOnlyList<long> LinesOf(IEnumerable<long> rows) => [.. rows.Where(r => r > 0)];

    /// <summary>Changes name lines by their order.</summary>
    public static IReadOnlyList<long> OrdersOf(IEnumerable<long> changes) => [.. changes.Where(c => c > 0)];

    public static IReadOnlyList<long> WastesOf(IEnumerable<long> rows) => [.. rows.Where(r => r < 0).Select(r => -r)];

    public static string Full(string figure) => $"{Section}.{figure}";

    private static FigureDefinition Define(string code, FigureForm form, FigureUnit unit, FigureDirection better, string? measure) => new(
        Full(code), 1, form, unit, better, measure, new FigureWords(
            LocalName.Of<OrdersText>($"Figure.{code}"), LocalName.Of<OrdersText>($"Counted.{code}"),
            form == FigureForm.Share ? LocalName.Of<OrdersText>($"Base.{code}") : null, LocalName.Of<OrdersText>("Date.day")));
}
