using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Writing;
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

    /// <summary>The rows of an import as a list: number in the file, outcome, who or what, changes, and problems.</summary>
    public IReadOnlyList<ExportColumn<RowVerdict>> Columns(ImportKind kind) =>
    [
        new(own["Row"], v => v.Row, ColumnFormat.Whole),
        new(own["Outcome"], v => own[$"ImportOutcome.{v.Outcome}"].Value),
        new(own["Who"], v => v.Label),
        new(own["Changes"], v => string.Join("\n", v.Changes.Select(c => Of(kind, c)))),
        new(own["Reason"], v => Of(kind, v.Problems)),
    ];

    private string Of(ImportKind kind, FieldChange change)
    {
        var column = kind.Columns.FirstOrDefault(c => c.Key == change.Column);
        return own["ProblemAt", column?.Title.ToString() ?? change.Column, $"{Shown(column, change.Old)} → {Shown(column, change.New)}"];
    }

    /// <summary>A value as it is displayed: choices by their names.</summary>
    public static string? Shown(ImportColumn? column, string? value) => value is null || column is null ? value
        : column.Show is { } show ? show(value)
        : column.Choices.Count == 0 ? value
        : string.Join(" ", value.Split(',').Select(v => column.Choices.FirstOrDefault(c => c.Value == v)?.Name.ToString() ?? v));
}
