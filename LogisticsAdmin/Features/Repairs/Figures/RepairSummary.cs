using System.Globalization;
using LogisticsAdmin.Registries;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>The summary of the repairs of a period in sentences, in one language: only what the figures say.</summary>
internal sealed class RepairSummary(IStringLocalizer<FiguresText> words, ReportPeriod period, Func<string, FigureReading> reading)
{
    private static readonly string[] Judged = ["response-in-time", "completion-in-time", "first-time-fix", "satisfaction"];

    public IEnumerable<string> Paragraphs()
    {
        var intake = Of("intake");
        if (intake.Counted == 0 && Of("carried-in").Counted == 0)
        {
            yield return words["Summary.Empty", Period()];
            yield break;
        }
        yield return Join(words["Summary.Intake", Period(), intake.Counted] + Change("Previous", intake.Previous, intake.Counted)
            + Change("YearBefore", intake.YearBefore, intake.Counted) + words["Summary.Stop"],
            words["Summary.Closed", Of("closed").Counted, Of("carried-over").Counted],
            InTime());
        yield return Join(Rated(), Silent(), Cost());
        var behind = Judged.Where(f => Of(f) is { Value: { } value, Target: { } target } && value < target).ToList();
        if (behind.Count == 0) yield break;
        yield return Join(words["Summary.Behind", behind.Count], string.Join(Bare("Summary.Between"), behind.Select(Behind)) + words["Summary.Stop"]);
    }

    private string? InTime() => Of("completion-in-time") is { Value: { } share } inTime
        ? words["Summary.InTime", inTime.Counted, inTime.Base, Percent(share)] + Against(inTime) : null;

    private string? Rated() => Of("satisfaction") is { Value: { } share } satisfied
        ? words["Summary.Satisfaction", satisfied.Base, satisfied.Counted, Percent(share)] : words["Summary.NoRatings"];

    private string? Silent() => Of("silent").Counted is > 0 and var silent ? words["Summary.Silent", silent].Value : null;

    private string? Cost() => Of("cost") is { Value: > 0 and var cost } && Of("cost-per-ticket").Value is { } each
        ? words["Summary.Cost", cost.ToString("N2", Culture), each.ToString("N2", Culture)].Value : null;

    private string Behind(string figure) =>
        words["Summary.Line", words[$"Figure.{figure}"], Percent(Of(figure).Value!.Value), Percent(Of(figure).Target!.Value)];

    private string Against(FigureReading reading) => reading is { Value: { } value, Target: { } target }
        ? words[value >= target ? "Summary.Reached" : "Summary.Missed", Percent(target)] : words["Summary.Stop"];

    private string Change(string than, decimal? before, int now) => before switch
    {
        null or 0 => "",
        { } then when then == now => words[$"Summary.Same.{than}"],
        { } then => now > then
            ? words[$"Summary.More.{than}", now - then, Percent((now - then) / then)]
            : words[$"Summary.Fewer.{than}", then - now, Percent((then - now) / then)],
    };

    private FigureReading Of(string code) => reading($"{RepairFigures.Section}.{code}");

    private string Period() => period.Kind switch
    {
        PeriodKind.Month => words["Period.Month", period.From.ToDateTime(TimeOnly.MinValue)],
        PeriodKind.Quarter => words["Period.Quarter", period.From.Year, (period.From.Month + 2) / 3],
        PeriodKind.Year => words["Period.Year", period.From.Year],
        _ => words["Period.Days", period.From.ToString("yyyy-MM-dd", Culture), period.Last.ToString("yyyy-MM-dd", Culture)],
    };

    private string Join(params string?[] sentences) => string.Join(Bare("Summary.Space"), sentences.Where(s => !string.IsNullOrEmpty(s)));

    // The bars keep the spaces of what stands between.
    private string Bare(string key) => words[key].Value.Trim('|');

    private static string Percent(decimal share) => share.ToString("0.0%", CultureInfo.InvariantCulture);

    private static CultureInfo Culture => CultureInfo.CurrentCulture;
}
