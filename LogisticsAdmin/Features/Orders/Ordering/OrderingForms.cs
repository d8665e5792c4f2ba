using FluentValidation;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>So many of an item.</summary>
public sealed record BasketLine(long ItemId, int Quantity);

/// <summary>An order as it is sent. Meals need stall, day, meal and slot.</summary>
public sealed class OrderForm
{
    public ShelfKind Shelf { get; set; }
    public long? StallId { get; set; }
    public DateOnly? Day { get; set; }
    public Meal? Meal { get; set; }
    public TimeOnly? Slot { get; set; }
    public IReadOnlyList<BasketLine> Lines { get; set; } = [];

    /// <summary>Goods are brought to the person's room.</summary>
    public bool IsDelivered { get; set; }
    public string? Wish { get; set; }
    public PayWay PayWay { get; set; } = PayWay.Account;

    /// <summary>The sum that the person saw: with another one the order is refused, and nothing is taken.</summary>
    public long? SeenFen { get; set; }
    public Guid? Key { get; set; }
}

public sealed class OrderFormValidator : AbstractValidator<OrderForm>
{
    public OrderFormValidator()
    {
        RuleFor(f => f.Shelf).IsInEnum();
        RuleFor(f => f.PayWay).IsInEnum();
        RuleFor(f => f.Wish).MaximumLength(OrdersLimits.Wish);
        RuleFor(f => f.Slot).NotNull().When(f => f.Shelf == ShelfKind.Meals);
    }
}

/// <summary>Why the office gives the money back, and whether goods are put back on the shelf.</summary>
public sealed class OrderRefundForm
{
    public string? Reason { get; set; }
    public bool PutsBack { get; set; }
}

public sealed class OrderRefundFormValidator : AbstractValidator<OrderRefundForm>
{
    public OrderRefundFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(OrdersLimits.Reason);
}

/// <summary>Stars and words about one line of an order.</summary>
public sealed class ReviewForm
{
    public long LineId { get; set; }
    public int? Stars { get; set; }
    public string? Text { get; set; }
}

public sealed class ReviewFormValidator : AbstractValidator<ReviewForm>
{
    public ReviewFormValidator()
    {
        RuleFor(f => f.Stars).NotNull().InclusiveBetween(1, 5);
        RuleFor(f => f.Text).MaximumLength(OrdersLimits.Review);
    }
}
