using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Whose target it is, with its name.</summary>
public sealed record TargetOwner(TargetScope Scope, long Id, LocalName Name)
{
    /// <summary>As in addresses: office, centre:1, crew:3.</summary>
    public string Key => Scope == TargetScope.Office ? "office" : string.Create(CultureInfo.InvariantCulture, $"{Scope.ToString().ToLowerInvariant()}:{Id}");
}

/// <summary>A figure of an office, centre or crew: its target now, and what the last full month says of it.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Section">The title of its section.</param>
/// <param name="Owner">Whose target it is.</param>
/// <param name="Value">The target of this month; null without one.</param>
/// <param name="From">Since which month; null where none was ever set.</param>
/// <param name="History">Every target that was ever set, the latest month first.</param>
/// <param name="Result">The figure in the last full month.</param>
/// <param name="Before">The figure in the month before that one.</param>
/// <param name="ResultTarget">The target of the last full month, which the result is compared with.</param>
public sealed record TargetRow(
    FigureDefinition Figure, LocalName Section, TargetOwner Owner, decimal? Value, DateOnly? From, IReadOnlyList<TargetEntry> History,
    decimal? Result, decimal? Before, decimal? ResultTarget)
{
    public string Key => $"{Figure.Code}/{Owner.Key}";

    public TargetState State => Value is null && ResultTarget is null ? TargetState.Unset : FigureFormat.IsMet(Figure, Result, Compared) switch
    {
        true => TargetState.Met,
        false => TargetState.Missed,
        _ => TargetState.Unknown,
    };

    /// <summary>What the result is compared with: the target of its month, or the one of today where there was none then.</summary>
    public decimal? Compared => ResultTarget ?? Value;
}

/// <summary>One target as it was set. <paramref name="WithdrawnAt"/> is null for those in force.</summary>
public sealed record TargetEntry(long Id, DateOnly From, decimal? Value, string SetBy, DateTimeOffset SetAt, DateTimeOffset? WithdrawnAt);

/// <summary>The list of targets, the months that results are of, and the choices of its filter.</summary>
public sealed record TargetList(
    IReadOnlyList<TargetRow> Rows, IReadOnlyList<TargetOwner> Owners, IReadOnlyList<(string Code, LocalName Title)> Sections, ReportPeriod LastMonth);

/// <summary>Filter and order of the list of targets, as in its address.</summary>
public sealed record TargetFilter
{
    public string? Text { get; init; }

    /// <summary>The code of a section; null for all.</summary>
    public string? Section { get; init; }

    /// <summary>The key of an owner, all of whose figures are listed; null for the office and every target that was ever set.</summary>
    public string? Owner { get; init; }
    public TargetState? State { get; init; }
    public TargetSort Sort { get; init; } = TargetSort.Figure;
    public bool Descending { get; init; }

    public static TargetFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("section"), Of("owner"), Of("state"), Of("sort"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static TargetFilter Parse(string? text, string? section, string? owner, string? state, string? sort) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        Section = string.IsNullOrEmpty(section) ? null : section,
        Owner = string.IsNullOrEmpty(owner) ? null : owner,
        State = Enum.TryParse<TargetState>(state, out var known) && Enum.IsDefined(known) ? known : null,
        Sort = Enum.TryParse<TargetSort>(sort?.TrimStart('-'), out var column) && Enum.IsDefined(column) ? column : TargetSort.Figure,
        Descending = sort?.StartsWith('-') == true,
    };
}
