using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>The office's name and contact, as pages, slips and door signs show them.</summary>
public interface IOfficeCard
{
    ValueTask<OfficeCard> CurrentAsync(CancellationToken ct = default);
}

/// <summary>Null where nothing was entered. <paramref name="Hours"/> says in words when and where somebody can be reached.</summary>
public sealed record OfficeCard(LocalName? Name, string? Phone, string? Email, LocalName? Hours);
