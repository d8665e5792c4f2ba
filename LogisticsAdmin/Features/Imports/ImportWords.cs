using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Imports;

/// <summary>Renders problems and values of rows in the reader's language.</summary>
public sealed class ImportWords(IStringLocalizerFactory words, IStringLocalizer<ImportsText> own)
{
    public string Of(ImportKind kind, IReadOnlyList<RowProblem> problems) => string.Join(own["ProblemSeparator"], problems.Select(p => Of(kind, p)));

    public string Of(ImportKind kind, RowProblem problem)
    {
        var said = words.Create(problem.ResourceSource)[problem.Code, [.. problem.Args.Select(a => a ?? "")]].Value;
        return kind.Columns.FirstOrDefault(c => c.Key == problem.Column) is { } column ? own["ProblemAt", column.Title, said] : said;
    }

    /// <summary>A value as it is displayed: choices by their names.</summary>
    public static string? Shown(ImportColumn? column, string? value) => value is null || column is null || column.Choices.Count == 0 ? value
        : string.Join(" ", value.Split(',').Select(v => column.Choices.FirstOrDefault(c => c.Value == v)?.Name.ToString() ?? v));
}
