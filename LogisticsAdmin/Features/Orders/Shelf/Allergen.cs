namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>
/// 致敏物质 that menus name: the fourteen of Regulation (EU) 1169/2011, annex II, of which GB 7718 names the first eight. Stored by their names.
/// </summary>
public enum Allergen
{
    Gluten = 1,
    Crustaceans = 2,
    Eggs = 3,
    Fish = 4,
    Peanuts = 5,
    Soybeans = 6,
    Milk = 7,
    Nuts = 8,
    Celery = 9,
    Mustard = 10,
    Sesame = 11,
    Sulphites = 12,
    Lupin = 13,
    Molluscs = 14,
}
