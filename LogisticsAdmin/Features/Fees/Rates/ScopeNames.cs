using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>What scopes are called.</summary>
internal sealed class ScopeNames
{
    private static readonly LocalName Everywhere = LocalName.Of<FeesText>("RateScopeKind.Everywhere");
    private static readonly LocalName WithBeds = LocalName.Of<RatesText>("TypeWithBeds");
    private static readonly Dictionary<RoomKind, LocalName> RoomKinds =
        Enum.GetValues<RoomKind>().ToDictionary(k => k, k => LocalName.Of<PlacesText>($"RoomKind.{k}"));

    private readonly Dictionary<(RateScopeKind Kind, long Id), LocalName> _names;

    private ScopeNames(IReadOnlyList<ScopeChoice> choices) =>
        (Choices, _names) = ([.. choices], choices.ToDictionary(c => (c.Kind, c.Id), c => c.Name));

    /// <summary>Groups, buildings and campuses, retired ones included.</summary>
    public IReadOnlyList<ScopeChoice> Choices { get; }

    public static async Task<ScopeNames> LoadAsync(LogisticsDb db, CancellationToken ct, bool living = false)
    {
        var groups = await db.ResidentGroups.AsNoTracking().Where(g => !living || g.RetiredAt == null).OrderBy(g => g.Code)
            .Select(g => new ScopeChoice(RateScopeKind.Group, g.Id, new LocalName(g.Name, g.NameEn))).ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Where(b => !living || b.RetiredAt == null).OrderBy(b => b.Code)
            .Select(b => new ScopeChoice(RateScopeKind.Building, b.Id, new LocalName(b.Name, b.NameEn))).ToListAsync(ct);
        var campuses = await db.Campuses.AsNoTracking().Where(c => !living || c.RetiredAt == null).OrderBy(c => c.Code)
            .Select(c => new ScopeChoice(RateScopeKind.Campus, c.Id, new LocalName(c.Name, c.NameEn))).ToListAsync(ct);
        return new ScopeNames([.. groups, .. buildings, .. campuses]);
    }

    public LocalName Of(string key)
    {
        var scope = RateScope.Parse(key);
        return scope.Kind switch
        {
            RateScopeKind.Everywhere => Everywhere,
            RateScopeKind.RoomType => OfType((RoomKind)scope.Id, scope.Beds),
            _ => _names.GetValueOrDefault((scope.Kind, scope.Id)) ?? new LocalName(key, key),
        };
    }

    private static LocalName OfType(RoomKind kind, int? beds) => beds is null ? RoomKinds[kind] : WithBeds.With(RoomKinds[kind], beds);
}
