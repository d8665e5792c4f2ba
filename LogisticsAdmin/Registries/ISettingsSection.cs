using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A part of what the office sets for itself, as the page /settings lists it. It leads to a page of the slice.</summary>
public interface ISettingsSection
{
    /// <summary>The place on the page, the lowest first.</summary>
    int Order { get; }

    LocalName Title { get; }

    /// <summary>What is set there, in one sentence.</summary>
    LocalName About { get; }

    string Address { get; }

    /// <summary>One of the shell's icons.</summary>
    string Icon { get; }

    /// <summary>The policy of the page at <see cref="Address"/>: whoever does not meet it does not see the section.</summary>
    string Policy { get; }
}
