using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>A canteen; version 0 adds one.</summary>
public sealed class CanteenForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Location { get; set; }
    public string? LocationEn { get; set; }
}

public sealed class CanteenFormValidator : AbstractValidator<CanteenForm>
{
    public CanteenFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().MaximumLength(OrdersLimits.Code).Matches(OrdersLimits.CodePattern);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OrdersLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OrdersLimits.NameEn);
        RuleFor(f => f.Location).MaximumLength(OrdersLimits.Text);
        RuleFor(f => f.LocationEn).MaximumLength(OrdersLimits.Text);
    }
}

/// <summary>A stall; version 0 adds one.</summary>
public sealed class StallForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public bool IsHalal { get; set; }
}

public sealed class StallFormValidator : AbstractValidator<StallForm>
{
    public StallFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().MaximumLength(OrdersLimits.Code).Matches(OrdersLimits.CodePattern);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OrdersLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OrdersLimits.NameEn);
    }
}

/// <summary>When a canteen serves a meal. Without a day it is not served.</summary>
public sealed class ServedMealForm
{
    public long Version { get; set; }
    public int Days { get; set; } = ServedDays.EveryDay;

    /// <summary>As HH:mm.</summary>
    public string? From { get; set; }
    public string? Until { get; set; }
    public int? CutOffMinutes { get; set; }
    public int? SlotMinutes { get; set; }
    public int? SlotCapacity { get; set; }
}

public sealed class ServedMealFormValidator : AbstractValidator<ServedMealForm>
{
    public ServedMealFormValidator()
    {
        RuleFor(f => f.From).Must(t => TypedTime.Parse(t) is not null).WithMessage(_ => ValidatorNames.Word(typeof(ServedMealForm), "Range.Time"));
        RuleFor(f => f.Until).Must(t => TypedTime.Parse(t) is not null).WithMessage(_ => ValidatorNames.Word(typeof(ServedMealForm), "Range.Time"));
        RuleFor(f => f.Until).Must((f, t) => TypedTime.Parse(t) > TypedTime.Parse(f.From))
            .WithMessage(_ => ValidatorNames.Word(typeof(ServedMealForm), "Range.Until"))
            .When(f => TypedTime.Parse(f.From) is not null && TypedTime.Parse(f.Until) is not null);
        RuleFor(f => f.Days).InclusiveBetween(0, ServedDays.EveryDay);
        RuleFor(f => f.CutOffMinutes).NotNull().InclusiveBetween(0, 2_880);
        RuleFor(f => f.SlotMinutes).NotNull().InclusiveBetween(5, 240);
        RuleFor(f => f.SlotCapacity).NotNull().InclusiveBetween(1, OrdersLimits.Portions);
    }
}

/// <summary>A dish or a thing; version 0 adds one.</summary>
public sealed class ItemForm
{
    public long Version { get; set; }
    public ShelfKind Shelf { get; set; }
    public long? StallId { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>In yuan.</summary>
    public decimal? Price { get; set; }
    public string? Category { get; set; }
    public string? Unit { get; set; }

    /// <summary>Words between commas, of either language: see <see cref="AllergenList"/>.</summary>
    public string? Allergens { get; set; }
    public bool IsVegetarian { get; set; }
    public bool IsHalal { get; set; }
    public int Days { get; set; } = ServedDays.EveryDay;
    public int Meals { get; set; } = (int)(Meal.Lunch | Meal.Dinner);
    public int? Portions { get; set; } = 50;
    public int? Limit { get; set; } = 0;
    public bool IsDelivered { get; set; }
    public int? Threshold { get; set; } = 0;

    /// <summary>A stored picture that replaces the one there is; null leaves it.</summary>
    public Guid? Picture { get; set; }
}

public sealed class ItemFormValidator : AbstractValidator<ItemForm>
{
    public ItemFormValidator()
    {
        RuleFor(f => f.Shelf).IsInEnum();
        RuleFor(f => f.StallId).NotNull().When(f => f.Shelf == ShelfKind.Meals);
        RuleFor(f => f.Code).NotEmpty().MaximumLength(OrdersLimits.Code).Matches(OrdersLimits.CodePattern);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OrdersLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OrdersLimits.NameEn);
        RuleFor(f => f.Price).NotNull().Must(p => p is null or (>= 0 and <= OrdersLimits.Price) && decimal.Round(p ?? 0, 2) == (p ?? 0))
            .WithMessage(_ => ValidatorNames.Word(typeof(ItemForm), "Range.Price"));
        RuleFor(f => f.Category).MaximumLength(OrdersLimits.Name);
        RuleFor(f => f.Unit).MaximumLength(OrdersLimits.Unit);
        RuleFor(f => f.Allergens).MaximumLength(OrdersLimits.Text);
        RuleFor(f => f.Days).InclusiveBetween(0, ServedDays.EveryDay);
        RuleFor(f => f.Meals).InclusiveBetween(0, 15);
        RuleFor(f => f.Portions).NotNull().InclusiveBetween(0, OrdersLimits.Portions);
        RuleFor(f => f.Limit).NotNull().InclusiveBetween(0, OrdersLimits.Quantity);
        RuleFor(f => f.Threshold).NotNull().InclusiveBetween(0, OrdersLimits.Movement);
    }
}

/// <summary>A movement of goods: how many came or went, or how many were counted.</summary>
public sealed class MovementForm
{
    public MovementKind Kind { get; set; } = MovementKind.Received;
    public int? Quantity { get; set; }
    public string? Note { get; set; }

    /// <summary>The stock that the person saw when counting.</summary>
    public int? SeenStock { get; set; }
}

public sealed class MovementFormValidator : AbstractValidator<MovementForm>
{
    public MovementFormValidator()
    {
        RuleFor(f => f.Kind).Must(k => StockService.Typed.Contains(k));
        RuleFor(f => f.Quantity).NotNull().InclusiveBetween(1, OrdersLimits.Movement).When(f => f.Kind != MovementKind.Counted);
        RuleFor(f => f.Quantity).NotNull().InclusiveBetween(0, OrdersLimits.Movement).When(f => f.Kind == MovementKind.Counted);
        RuleFor(f => f.Note).MaximumLength(OrdersLimits.Reason);
    }
}

/// <summary>The portions of a dish for one meal.</summary>
public sealed class PortionsForm
{
    public int? Portions { get; set; }
}

public sealed class PortionsFormValidator : AbstractValidator<PortionsForm>
{
    public PortionsFormValidator() => RuleFor(f => f.Portions).NotNull().InclusiveBetween(0, OrdersLimits.Portions);
}

/// <summary>The portions of a dish that were thrown away at one meal; version 0 where nothing was recorded yet.</summary>
public sealed class WasteForm
{
    public long Version { get; set; }
    public int? Quantity { get; set; }
    public WasteReason? Reason { get; set; }
}

public sealed class WasteFormValidator : AbstractValidator<WasteForm>
{
    public WasteFormValidator()
    {
        RuleFor(f => f.Quantity).NotNull().InclusiveBetween(0, OrdersLimits.Portions);
        RuleFor(f => f.Reason).IsInEnum();
    }
}

/// <summary>The rules of ordering.</summary>
public sealed class OrderingRulesForm
{
    public long Version { get; set; }
    public int? HoldMinutes { get; set; }
    public int? DaysAhead { get; set; }
    public int? MostPortions { get; set; }
    public int? NoShows { get; set; }
    public int? NoShowDays { get; set; }
    public int? PauseDays { get; set; }
}

public sealed class OrderingRulesFormValidator : AbstractValidator<OrderingRulesForm>
{
    public OrderingRulesFormValidator()
    {
        RuleFor(f => f.HoldMinutes).NotNull().InclusiveBetween(2, 120);
        RuleFor(f => f.DaysAhead).NotNull().InclusiveBetween(0, 30);
        RuleFor(f => f.MostPortions).NotNull().InclusiveBetween(1, OrdersLimits.Quantity);
        RuleFor(f => f.NoShows).NotNull().InclusiveBetween(0, 50);
        RuleFor(f => f.NoShowDays).NotNull().InclusiveBetween(1, 365);
        RuleFor(f => f.PauseDays).NotNull().InclusiveBetween(1, 90);
    }
}
