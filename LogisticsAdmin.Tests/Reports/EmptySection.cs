using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>A section with one figure and no rows, for tests to derive from.</summary>
internal class EmptySection : IReportSection
{
    private static readonly LocalName Name = new("空", "Empty");

    public string Code => "empty";
    public int Order => 99;
    public LocalName Title => Name;

    public IReadOnlyList<FigureDefinition> Figures { get; } =
        [new("empty.count", 1, FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null, new FigureWords(Name, Name, null, Name))];

    public IReadOnlyList<ReportDimension> Dimensions => [];
    public IReadOnlyList<ReportTime> Times => [];
    public IReadOnlyList<ReportMeasure> Measures => [];
    public IReadOnlyList<ReportTableLayout> Tables => [];
    public IReadOnlyList<string> KeyFigures => [];
    public IReadOnlyList<ReportTrend> Trends => [];
    public IReadOnlyList<ReportBalance> Balances => [];

    public IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading) => [];

    public virtual Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct) =>
        Task.FromResult(new SectionFacts([], new Dictionary<string, IReadOnlyDictionary<long, LocalName>>(), DateTimeOffset.UnixEpoch));

    public Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ReportedThing>>([]);

    public Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<long>>(new HashSet<long>());

    public virtual FactsChange? ChangedBy(Change change) => null;
}
