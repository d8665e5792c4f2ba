using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Tests.Registries;

/// <summary>A section of the report from a slice that the report does not know: two samples of one month, one of them broken.</summary>
internal sealed class SampleReport : IReportSection
{
    public const string Found = "samples.found", Whole = "samples.whole", Weight = "samples.weight";

    private static readonly LocalName Any = new("样例", "Sample");

    public string Code => "samples";
    public int Order => 90;
    public LocalName Title { get; } = new("样例服务", "Samples");

    public IReadOnlyList<FigureDefinition> Figures { get; } =
    [
        new(Found, 1, FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null, new FigureWords(new("样例数", "Samples found"), Any, null, Any)),
        new(Whole, 1, FigureForm.Share, FigureUnit.Percent, FigureDirection.HigherIsBetter, null,
            new FigureWords(new("完好率", "Whole samples"), Any, Any, Any)),
        new(Weight, 1, FigureForm.Mean, FigureUnit.Points, FigureDirection.Neutral, "weight",
            new FigureWords(new("平均重量", "Mean weight"), Any, null, Any)),
    ];

    public IReadOnlyList<ReportDimension> Dimensions { get; } = [new("colour", new("颜色", "Colour"))];
    public IReadOnlyList<ReportTime> Times { get; } = [new("found", new("发现时间", "Found"))];
    public IReadOnlyList<ReportMeasure> Measures { get; } = [new("weight", new("重量", "Weight"), FigureUnit.Points)];
    public IReadOnlyList<ReportTableLayout> Tables { get; } = [new("colours", new("各颜色", "By colour"), "colour", [Found, Whole])];
    public IReadOnlyList<string> KeyFigures { get; } = [Whole];
    public IReadOnlyList<ReportTrend> Trends { get; } = [new("samples", Any, [Found], [])];
    public IReadOnlyList<ReportBalance> Balances => [];

    public IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading) =>
        [new($"样例{reading(Found).Counted}件。", $"{reading(Found).Counted} samples.")];

    public Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct)
    {
        FactRow[] rows = [Row(1, 0b111, 4), Row(2, 0b101, 8)];
        var names = new Dictionary<string, IReadOnlyDictionary<long, LocalName>> { ["colour"] = new Dictionary<long, LocalName> { [7] = new("红", "Red") } };
        return Task.FromResult(new SectionFacts([.. rows.Where(r => only?.Contains(r.Id) ?? true)], names, DateTimeOffset.UnixEpoch));
    }

    public Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ReportedThing>>([.. ids.Select(id => new ReportedThing(id, $"S-{id}", "一把尺子", Any, Any, $"{SampleSlice.Address}/{id}"))]);

    public Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<long>>(ids.Where(id => $"S-{id}" == typed).ToHashSet());

    public FactsChange? ChangedBy(Change change) => null;

    private static FactRow Row(long id, int counted, long weight) => new(id, (UInt128)counted, 0b010, [7], [0], [weight]);
}
