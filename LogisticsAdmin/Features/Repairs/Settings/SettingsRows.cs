using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>What a list of settings shows.</summary>
public sealed record SettingsFilter
{
    /// <summary>Words that occur in a code or name.</summary>
    public string? Text { get; init; }

    /// <summary>Null for all.</summary>
    public SettingState? State { get; init; } = SettingState.Current;

    /// <summary>Reads the filter from the page's address.</summary>
    public static SettingsFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(query.TryGetValue("q", out var text) ? (string?)text : null, query.TryGetValue("state", out var state) ? (string?)state : null);
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static SettingsFilter Parse(string? text, string? state) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = state is null ? SettingState.Current : Enum.TryParse<SettingState>(state, out var known) && Enum.IsDefined(known) ? known : null,
    };

    public bool Shows(DateTimeOffset? retiredAt) => State switch
    {
        SettingState.Current => retiredAt is null,
        SettingState.Retired => retiredAt is not null,
        _ => true,
    };

    /// <summary>Whether each typed word occurs in one of the texts or in its pinyin.</summary>
    public bool Finds(params IEnumerable<string?> texts)
    {
        if (Text is null) return true;
        var found = texts.OfType<string>().SelectMany(text =>
        {
            var (full, initials) = Pinyin.OfWords(text);
            return new[] { text, full, initials };
        }).ToList();
        return CleanText.Clean(Text).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => found.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>
/// A crew: what it repairs by default and beside that, where it works (nowhere named: everywhere), and how many open jobs are assigned to it.
/// </summary>
public sealed record CrewRow(
    long Id, long Version, string Code, LocalName Name, int? Capacity, long? LeadId, string? Lead, int Technicians,
    IReadOnlyList<Choice> DefaultOf, IReadOnlyList<Choice> Categories, IReadOnlyList<Choice> Buildings, int Open,
    DateTimeOffset? RetiredAt, string? RetiredBecause)
{
    public SettingState State => RetiredAt is null ? SettingState.Current : SettingState.Retired;
}

/// <summary>A group (without parent) or a category, and how many open tickets it has.</summary>
public sealed record CategoryRow(
    long Id, long Version, long? ParentId, string Code, LocalName Name, LocalName PlainName, Urgency Urgency, long? CrewId, LocalName? Crew,
    int Points, int Open, bool IsFirst, bool IsLast, DateTimeOffset? RetiredAt, string? RetiredBecause)
{
    public SettingState State => RetiredAt is null ? SettingState.Current : SettingState.Retired;
    public bool IsGroup => ParentId is null;
}

/// <summary>A visit slot, where it is offered (nowhere named: everywhere), and how many open tickets have it.</summary>
public sealed record VisitSlotRow(
    long Id, long Version, string Code, TimeOnly From, TimeOnly To, SlotDays Days, IReadOnlyList<Choice> Buildings, int Open,
    DateTimeOffset? RetiredAt, string? RetiredBecause)
{
    public SettingState State => RetiredAt is null ? SettingState.Current : SettingState.Retired;

    /// <summary>For example "12:00–14:00".</summary>
    public string Hours => FormattableString.Invariant($"{From:HH:mm}–{To:HH:mm}");
}

/// <summary>Somebody who could lead a crew.</summary>
public sealed record CrewMemberRow(long Id, string FullName);
