using System.Globalization;
using LogisticsAdmin.Features.Places;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// 适用范围: what a rate applies to. Stored as one key that is never null, so that the database can keep two rates apart. <paramref name="Id"/>: of the
/// group, building or campus; the kind of room; 0 for everywhere. <paramref name="Beds"/>: for a room type: how many beds such a room has; null for any
/// number.
/// </summary>
public sealed record RateScope(RateScopeKind Kind, long Id = 0, int? Beds = null)
{
    public static readonly RateScope Everywhere = new(RateScopeKind.Everywhere);

    public string Key => Kind switch
    {
        RateScopeKind.Everywhere => "all",
        RateScopeKind.RoomType when Beds is { } beds => string.Create(CultureInfo.InvariantCulture, $"type:{Id}/{beds}"),
        RateScopeKind.RoomType => string.Create(CultureInfo.InvariantCulture, $"type:{Id}"),
        RateScopeKind.Group => string.Create(CultureInfo.InvariantCulture, $"group:{Id}"),
        RateScopeKind.Building => string.Create(CultureInfo.InvariantCulture, $"building:{Id}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"campus:{Id}"),
    };

    public static RateScope OfType(RoomKind kind, int? beds = null) => new(RateScopeKind.RoomType, (long)kind, beds);

    public static RateScope Parse(string key)
    {
        if (key == "all") return Everywhere;
        var (name, rest) = key.Split(':') is [var n, var r] ? (n, r) : throw new FormatException($"{key} names no scope.");
        var (id, beds) = rest.Split('/') is [var i, var b] ? (i, int.Parse(b, CultureInfo.InvariantCulture)) : (rest, (int?)null);
        var kind = name switch
        {
            "group" => RateScopeKind.Group,
            "type" => RateScopeKind.RoomType,
            "building" => RateScopeKind.Building,
            "campus" => RateScopeKind.Campus,
            _ => throw new FormatException($"{key} names no scope."),
        };
        return new RateScope(kind, long.Parse(id, CultureInfo.InvariantCulture), beds);
    }
}
