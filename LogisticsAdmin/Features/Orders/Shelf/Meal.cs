namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>餐次. The numbers are bits, so that a dish can be served at several meals.</summary>
public enum Meal
{
    Breakfast = 1,
    Lunch = 2,
    Dinner = 4,
    Night = 8,
}
