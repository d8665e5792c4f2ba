using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>What the list of batches is narrowed to: one kind, and a text that file or person hold.</summary>
public sealed record BatchFilter(string? Kind = null, string? Text = null);

/// <summary>One batch in the list.</summary>
public sealed record BatchRow(
    long Id, string Kind, LocalName KindName, string FileName, string Sheet, string? By, DateTimeOffset At, ImportCounts Counts,
    DateTimeOffset? UndoneAt, string? UndoneBy, int LeftAlone);

/// <summary>How many things of a batch went back, and which stayed, and why.</summary>
public sealed record UndoReport(int Undone, IReadOnlyList<LeftAlone> LeftAlone);
