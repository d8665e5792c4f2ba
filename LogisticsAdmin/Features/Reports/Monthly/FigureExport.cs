using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>The rows behind a figure as a file, by the same query string as its page.</summary>
internal static class FigureExport
{
    private const int Most = 1_000_000;

    public static async Task<IResult> Answer(HttpRequest request, string? period, string? figure, ReportService reports,
        IStringLocalizer<ReportsText> words, OfficeTime office, CancellationToken ct)
    {
        if (FigureAddress.Read(period ?? "", figure ?? "", request.QueryString.Value ?? "") is not { } asked) return Results.NotFound();
        try
        {
            var list = await reports.FigureAsync(asked.Query, 0, Most, ct);
            return new ExportFile<FigureRow>(list.Figure.Words.Name.ToString(), Columns(list, words), _ => Task.FromResult(list.Rows));
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    private static List<ExportColumn<FigureRow>> Columns(FigureList list, IStringLocalizer words)
    {
        List<ExportColumn<FigureRow>> columns =
        [
            new(words["Row.Number"], r => r.Thing?.Number),
            new(words["Row.About"], r => r.Thing?.About),
            new(words["Row.Place"], r => r.Thing?.Place.ToString()),
            new(words["Row.State"], r => r.Thing?.State.ToString()),
        ];
        foreach (var (place, dimension) in list.Layout.Dimensions.Index())
            columns.Add(new(dimension.Name.ToString(), r => NameOf(list, dimension, r.Fact.Keys[place])));
        foreach (var (place, time) in list.Layout.Times.Index())
            columns.Add(new(time.Name.ToString(), r => r.Fact.Times[place] is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null, ColumnFormat.Moment));
        foreach (var (place, measure) in list.Layout.Measures.Index())
        {
            var parts = FigureCalculator.PartsOf(measure.Unit);
            columns.Add(new(measure.Name.ToString(), r => r.Fact.Measures[place] is { } value ? decimal.Round(value / (decimal)parts, 2) : null,
                measure.Unit == FigureUnit.Yuan ? ColumnFormat.Amount : ColumnFormat.Text));
        }
        return columns;
    }

    private static string? NameOf(FigureList list, ReportDimension dimension, long? key) =>
        key is { } k ? list.Names.GetValueOrDefault(dimension.Code)?.GetValueOrDefault(k)?.ToString() : null;
}
