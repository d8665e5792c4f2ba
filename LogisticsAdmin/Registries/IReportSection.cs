using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// A slice's section of the monthly report and the dashboard. It says which rows each figure counts; values, tables, lists behind figures and
/// closed months are made from that in one place.
/// </summary>
public interface IReportSection
{
    /// <summary>Unique and never changed: stored with closed months. The codes of its figures begin with it and a dot.</summary>
    string Code { get; }

    /// <summary>Its place in the report, the lowest first.</summary>
    int Order { get; }

    LocalName Title { get; }

    /// <summary>At most 128, in the order of the report. New ones are added at any place: closed months name theirs.</summary>
    IReadOnlyList<FigureDefinition> Figures { get; }
    IReadOnlyList<ReportDimension> Dimensions { get; }
    IReadOnlyList<ReportTime> Times { get; }
    IReadOnlyList<ReportMeasure> Measures { get; }
    IReadOnlyList<ReportTableLayout> Tables { get; }

    /// <summary>The figures that stand on the first page and on the dashboard as tiles.</summary>
    IReadOnlyList<string> KeyFigures { get; }
    IReadOnlyList<ReportTrend> Trends { get; }

    /// <summary>
    /// Whether its tiles and charts also stand on the dashboard, which follows single rows. While a crew or campus is chosen there, only sections with that
    /// dimension are shown.
    /// </summary>
    bool IsOnDashboard => true;
    IReadOnlyList<ReportBalance> Balances { get; }

    /// <summary>The paragraphs of the summary, written from the figures alone; stored with closed months.</summary>
    IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading);

    /// <summary>
    /// Reads the rows that count in the period, or only those of them that changes name so (<see cref="FactRow.ChangesAs"/>). Asks for no right: who reads
    /// figures is decided by the caller.
    /// </summary>
    Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct);

    /// <summary>What stands behind these rows, for at most some hundred of them.</summary>
    Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>The ids among these whose number, words or place contain what was typed.</summary>
    Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct);

    /// <summary>What a change may concern; null for nothing.</summary>
    FactsChange? ChangedBy(Change change);
}
