using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Imports;

/// <summary>Filter of the list of batches: a kind, and a text in the name of the file or of the person.</summary>
public sealed record BatchFilter(string? Kind = null, string? Text = null)
{
    /// <summary>Only this batch.</summary>
    internal long? Id { get; init; }

    /// <summary>Reads the filter from the page's address.</summary>
    public static BatchFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return new BatchFilter(Of("kind"), Of("q"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }
}

/// <summary>One batch in the list.</summary>
public sealed record BatchRow(
    long Id, string Kind, LocalName KindName, string FileName, string Sheet, string? By, DateTimeOffset At, ImportCounts Counts,
    DateTimeOffset? UndoneAt, string? UndoneBy, int LeftAlone, DateTimeOffset? RowsRemovedAt);

/// <summary>
/// A batch with its rows as the dry run showed them; null for one that was imported before rows were kept. <paramref name="LeftOut"/> counts
/// those that were too many to be kept.
/// </summary>
public sealed record BatchDetail(BatchRow Batch, IReadOnlyList<RowVerdict>? Rows, int LeftOut, bool HasReasons);

/// <summary>Result of an undo: how many things were undone, and which were left alone and why.</summary>
public sealed record UndoReport(int Undone, IReadOnlyList<SkippedRow> Skipped);
