using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>食堂.</summary>
public sealed class Canteen : NamedEntity
{
    private Canteen() { }

    public Canteen(string code, LocalName name, LocalName where) : base(code, name.Zh, name.En) => Locate(where);

    /// <summary>Where it is, in words.</summary>
    public string Location { get; private set; } = "";
    public string LocationEn { get; private set; } = "";

    public void Locate(LocalName where) => (Location, LocationEn) = (CleanText.Clean(where.Zh), CleanText.Clean(where.En));
}
