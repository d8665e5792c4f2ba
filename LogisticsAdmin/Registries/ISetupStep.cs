using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A first step of a new office: what the administrator enters before the desk is usable.</summary>
public interface ISetupStep
{
    /// <summary>The place among the other steps, the lowest first.</summary>
    int Order { get; }

    /// <summary>Names the step in one or two English words; it is stored when somebody confirms what the app suggests.</summary>
    string Key { get; }

    LocalName Title { get; }

    /// <summary>What is entered there and why, in a sentence or two.</summary>
    LocalName About { get; }

    /// <summary>The places where it is done, the main one first.</summary>
    IReadOnlyList<SetupLink> Links { get; }

    /// <summary>
    /// Whether the app brings a suggestion, which somebody confirms; otherwise the step is done as soon as nothing is missing.
    /// </summary>
    bool IsSuggested { get; }

    /// <summary>Whether the desk works without it.</summary>
    bool IsOptional { get; }

    /// <summary>What there is, and what is missing.</summary>
    Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct);
}
