using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>The dashboard for one reader and filter. Addresses are null where the reader has no list to open.</summary>
public sealed record DashboardView
{
    public required DashboardFilter Filter { get; init; }
    public required ReportPeriod Period { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required bool IsClosed { get; init; }
    public required bool HasFailed { get; init; }
    public required IReadOnlyList<KeyValuePair<long, LocalName>> Campuses { get; init; }
    public required IReadOnlyList<KeyValuePair<long, LocalName>> CrewNames { get; init; }
    public required IReadOnlyList<NowTile> Now { get; init; }
    public required IReadOnlyList<KeyTile> Keys { get; init; }
    public required IReadOnlyList<CrewLoad> Crews { get; init; }
    public required IReadOnlyList<OpenTicket> Longest { get; init; }
    public required IReadOnlyList<OpenTicket> MostNudged { get; init; }
    public required IReadOnlyList<RatingWords> Words { get; init; }

    /// <summary>Rooms and groups of faults with the most repeats.</summary>
    public required IReadOnlyList<DashboardTable> Tables { get; init; }

    /// <summary>The sections with their months, for charts; without months until those are known.</summary>
    public required IReadOnlyList<ReportedSection> Sections { get; init; }
}

/// <summary>A figure of this moment.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Value">Its value now.</param>
/// <param name="SinceYesterday">By how much it is higher than at the same time yesterday; null where nobody can know.</param>
/// <param name="Since">The moment that matters most: when the longest overdue one was due, when the next one is due.</param>
/// <param name="Parts">The rows that are counted, in parts: with crews, without, waiting for acceptance.</param>
/// <param name="Address">The rows behind it.</param>
public sealed record NowTile(
    FigureDefinition Figure, FigureValue Value, int? SinceYesterday, DateTimeOffset? Since, NowParts Parts, string? Address);

/// <summary>The open rows behind a figure of this moment: without a crew, in the hands of crews, completed and waiting for acceptance.</summary>
public sealed record NowParts(int Unassigned, int InHand, int ToVerify);

/// <summary>A key figure of the period against its target.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Reading">Its value, the period before, and the target.</param>
/// <param name="Today">Its value today, where the period is a longer one that is running.</param>
/// <param name="Missing">How many rows more would have met the target of a share; null where it is met, or has none.</param>
/// <param name="Beside">What it must not be mixed with, or consists of.</param>
/// <param name="Months">Thirteen months, the running one last; empty until they are known.</param>
/// <param name="Address">The rows behind it.</param>
/// <param name="IsOfTickets">Whether those rows are tickets.</param>
public sealed record KeyTile(
    FigureDefinition Figure, FigureReading Reading, FigureValue? Today, int? Missing, IReadOnlyList<BesideFigure> Beside,
    IReadOnlyList<decimal?> Months, string? Address, bool IsOfTickets);

/// <summary>A figure beside a key figure.</summary>
public sealed record BesideFigure(FigureDefinition Figure, FigureValue Value, string? Address);

/// <summary>What a crew has in hand against what it takes, and who is absent today.</summary>
public sealed record CrewLoad(BoardCrew Crew, int InHand, int ToVerify, int Overdue, string? Address)
{
    /// <summary>By how much it has more than it takes; zero without a limit.</summary>
    public int Above => Crew.Capacity is { } capacity && InHand > capacity ? InHand - capacity : 0;
}

/// <summary>An open ticket that takes long or is asked after often.</summary>
public sealed record OpenTicket(ReportedThing Thing, DateTimeOffset Since, bool IsOverdue, int Nudges, LocalName? Crew, LocalName? Technician);

/// <summary>Some lines of a table of the report, with the address of the rows behind each first figure.</summary>
public sealed record DashboardTable(ReportTableLayout Layout, SectionLayout Section, string Key, IReadOnlyList<(TableLine Line, string? Address)> Lines);
