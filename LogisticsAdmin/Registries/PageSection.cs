using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// What a section shows; <paramref name="All"/> leads to a page with all of its lines, if there is one, and <paramref name="Summary"/> stands
/// above them, in the reader's language.
/// </summary>
public sealed record PageSection(int Total, IReadOnlyList<SectionLine> Lines, SectionLink? All = null, string? Summary = null);

/// <summary>One line of a section: when, its number, what it is about, its state, and where it is opened, if anywhere.</summary>
public sealed record SectionLine(DateTimeOffset At, string Number, string About, LocalName State, string? Address);

/// <summary>A link below a section, in the section's own words.</summary>
public sealed record SectionLink(LocalName Label, string Address);
