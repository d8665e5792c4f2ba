using System.Globalization;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>A kind of fee, a building or a technician to choose.</summary>
public sealed record ArrearsChoice(long Id, LocalName Name)
{
    public override string ToString() => Name.ToString();
}

/// <summary>What is unpaid of one kind; without a name what is no bill.</summary>
public sealed record KindOwed(long? KindId, LocalName? Kind, Money Owed);

/// <summary>
/// An account in arrears, what is unpaid of it by age and kind, since when, and how often its payers were reminded. <paramref name="MayRemindFrom"/>:
/// the first day on which they may be reminded again.
/// </summary>
public sealed record ArrearsRow(
    long AccountId, LedgerAccountKind Kind, LocalName? Building, string? Room, string? Person, string? PersonNumber, Money Owed,
    IReadOnlyDictionary<ArrearsAge, Money> ByAge, IReadOnlyList<KindOwed> ByKind, DateOnly Oldest, int Reminders, DateOnly? LastReminder,
    DateOnly MayRemindFrom)
{
    public string Owner => Room is null ? Person ?? "" : $"{Building} {Room}";

    public Money Of(ArrearsAge age) => ByAge.GetValueOrDefault(age);
}

public sealed record ArrearsWindow(IReadOnlyList<ArrearsRow> Items, int Total, Money Owed, IReadOnlyDictionary<ArrearsAge, Money> ByAge)
{
    public static readonly ArrearsWindow Empty = new([], 0, Money.Zero, new Dictionary<ArrearsAge, Money>());
}

/// <summary>Filter, order and page of the list of arrears.</summary>
public sealed record ArrearsFilter
{
    public const int PageSize = 50;

    private const int MaxText = 100, MaxPage = 100_000;

    /// <summary>Words of a building and room, or a person's name or number.</summary>
    public string? Text { get; init; }
    public long? BuildingId { get; init; }

    /// <summary>Then only what is unpaid of this kind counts.</summary>
    public long? KindId { get; init; }

    /// <summary>Only accounts that owe something of this age.</summary>
    public ArrearsAge? Age { get; init; }
    public ArrearsSort Sort { get; init; } = ArrearsSort.Owed;
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    public bool IsFiltered => Text is not null || BuildingId is not null || KindId is not null || Age is not null;

    /// <summary>Reads the filter from a page's address and ignores values it does not know.</summary>
    public static ArrearsFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("building"), Of("kind"), Of("age"), Of("sort"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses query parameters and ignores values it does not know. The highest debts come first where nothing else is asked for.</summary>
    public static ArrearsFilter Parse(string? text, string? building, string? kind, string? age, string? sort, string? page = null) => new()
    {
        Text = TextOf(text),
        BuildingId = TypedId.Parse(building),
        KindId = TypedId.Parse(kind),
        Age = Known<ArrearsAge>(age),
        Sort = Known<ArrearsSort>(sort?.TrimStart('-')) ?? ArrearsSort.Owed,
        Descending = sort is null || sort.StartsWith('-'),
        Page = PageOf(page),
    };

    internal static string? TextOf(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Length > MaxText ? typed[..MaxText] : typed;

    internal static int PageOf(string? typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1 ? Math.Min(number, MaxPage) : 1;

    internal static T? Known<T>(string? typed) where T : struct, Enum =>
        Enum.TryParse<T>(typed, out var value) && Enum.IsDefined(value) ? value : null;
}

/// <summary>A cut-off as the office's list shows it.</summary>
public sealed record CutOffRow(
    long Id, string Number, CutOffState State, LocalName Kind, LocalName Building, string Room, Money Debt, DateTimeOffset AnnouncedAt, DateOnly NotBefore,
    string? Technician, DateTimeOffset? CutAt, string? CutNote, DateTimeOffset? PaidAt, string? TakenBackBecause, DateTimeOffset? RestoredAt,
    string? RestoreNote)
{
    public string Place => $"{Building} {Room}";
}

public sealed record CutOffWindow(IReadOnlyList<CutOffRow> Items, int Total)
{
    public static readonly CutOffWindow Empty = new([], 0);
}

/// <summary>Filter and page of the list of cut-offs; the newest come first.</summary>
public sealed record CutOffFilter
{
    public const int PageSize = 50;

    /// <summary>The number, or words of a building and room.</summary>
    public string? Text { get; init; }
    public long? BuildingId { get; init; }
    public long? KindId { get; init; }

    /// <summary>Null for all that have not ended, unless <see cref="WithEnded"/>.</summary>
    public CutOffState? State { get; init; }
    public bool WithEnded { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>What the address says for all states.</summary>
    public const string Any = "Any";

    /// <inheritdoc cref="ArrearsFilter.Read"/>
    public static CutOffFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("building"), Of("kind"), Of("state"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses query parameters and ignores values it does not know.</summary>
    public static CutOffFilter Parse(string? text, string? building, string? kind, string? state, string? page = null) => new()
    {
        Text = ArrearsFilter.TextOf(text),
        BuildingId = TypedId.Parse(building),
        KindId = TypedId.Parse(kind),
        State = ArrearsFilter.Known<CutOffState>(state),
        WithEnded = state == Any,
        Page = ArrearsFilter.PageOf(page),
    };
}

/// <summary>A cut-off or restore on the phone of the technician who does it.</summary>
public sealed record CutOffTask(
    long Id, string Number, CutOffState State, LocalName Kind, LocalName Building, string Room, DateOnly NotBefore, DateTimeOffset? PaidAt)
{
    public string Place => $"{Building} {Room}";

    public bool IsRestore => State == CutOffState.ToRestore;
}

/// <summary>What a technician has to do. <paramref name="Obstacle"/>: why nothing may be cut off now.</summary>
public sealed record CutOffTasks(IReadOnlyList<CutOffTask> Tasks, CutOffObstacle? Obstacle);

/// <summary>A kind of fee with its thresholds; without them version 0. Only what rooms are charged can be cut off.</summary>
public sealed record SettingRow(long KindId, LocalName Kind, bool IsForRooms, long Version, ArrearsTerms? Terms, long? Id);

public sealed record ExamRow(long Id, long Version, DateOnly From, DateOnly To, string Name);

/// <summary>The rule of leaks; version 0 where nothing is stored.</summary>
public sealed record LeakRow(long Version, bool IsOn, long? CategoryId, Money Daily, DateOnly? Since);
