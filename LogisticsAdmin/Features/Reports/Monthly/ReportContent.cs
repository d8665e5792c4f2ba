using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>
/// A report, without any layout and in both languages: what the page shows, the documents print and a closing stores. Everything in it comes
/// from its rows, targets and comments.
/// </summary>
public sealed record ReportContent
{
    public required ReportPeriod Period { get; init; }

    /// <summary>The moment of its figures: later changes are not in them.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The name of the office.</summary>
    public required LocalName Office { get; init; }

    /// <summary>文号; empty for none.</summary>
    public required string DocumentNumber { get; init; }
    public required IReadOnlyList<ReportedSection> Sections { get; init; }

    /// <summary>By the code of the section, <see cref="ReportComment.General"/> or <see cref="ReportComment.Plan"/>.</summary>
    public required IReadOnlyDictionary<string, string> Comments { get; init; }

    /// <summary>The section that a figure belongs to; null for an unknown figure.</summary>
    public ReportedSection? SectionOf(string figure) => Sections.FirstOrDefault(s => s.Layout.PlaceOf(figure) >= 0);
}

/// <param name="Snapshot">Its rows.</param>
/// <param name="Readings">Each figure beside the period before, the year before and its target.</param>
/// <param name="Summary">Its paragraphs of the summary.</param>
/// <param name="History">Thirteen months for a month, the last one itself; empty for other periods.</param>
public sealed record ReportedSection(
    SectionSnapshot Snapshot, IReadOnlyDictionary<string, FigureReading> Readings, IReadOnlyList<LocalName> Summary, IReadOnlyList<MonthValues> History)
{
    public SectionLayout Layout => Snapshot.Layout;
}

/// <summary>The values of all figures of a section in one month.</summary>
public sealed record MonthValues(ReportPeriod Month, IReadOnlyDictionary<string, FigureValue> Values);
