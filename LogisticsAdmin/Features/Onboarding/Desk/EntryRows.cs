using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>A bed and where it is.</summary>
public sealed record EntryBed(long Id, long RoomId, long BuildingId, LocalName Building, LocalName Room, string Code)
{
    public override string ToString() => $"{Building} {Room}-{Code}";
}

/// <summary>A freshman in a list.</summary>
public sealed record EntryRow
{
    public required long PersonId { get; init; }
    public required string Name { get; init; }
    public string? Number { get; init; }
    public string? Pinyin { get; init; }
    public required Gender Gender { get; init; }
    public string? College { get; init; }
    public string? ClassName { get; init; }
    public string? Phone { get; init; }
    public long? BedId { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Where the person lives already.</summary>
    public long? HomeBedId { get; init; }
    public long? BuildingId { get; init; }
    public string? Building { get; init; }
    public string? BuildingEn { get; init; }
    public string? Room { get; init; }
    public string? RoomEn { get; init; }
    public string? Bed { get; init; }
    public DateOnly? Day { get; init; }
    public TimeOnly? From { get; init; }
    public DateTimeOffset? CheckedInAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnBecause { get; init; }

    public bool HasBed => BedId is not null && HeldUntil is null;

    public EntryState State => this switch
    {
        { WithdrawnAt: not null } => EntryState.Withdrawn,
        { CheckedInAt: not null } => EntryState.Arrived,
        { HasBed: true } => EntryState.WithBed,
        _ => EntryState.WithoutBed,
    };

    /// <summary>The bed that is chosen or given, not one that is merely held.</summary>
    public string? Place => HasBed ? $"{new LocalName(Building!, BuildingEn!)} {new LocalName(Room!, RoomEn!)}-{Bed}" : null;
}

/// <summary>What was found by a text; <paramref name="IsByCode"/> when it is the one person of an arrival code.</summary>
public sealed record EntryFound(IReadOnlyList<EntryRow> People, bool IsByCode)
{
    public static readonly EntryFound Nobody = new([], false);
}

public sealed record EntryStep(OnboardingStep Step, bool IsDone);

/// <summary>What the student has to pay: nothing, paid, put off with a reason, or still owed.</summary>
public sealed record EntryFees(Money Amount, DateTimeOffset? PaidAt, DateTimeOffset? DeferredAt, string? DeferReason)
{
    public bool IsOwed => PaidAt is null && DeferredAt is null && Amount.Fen > 0;
}

/// <summary>A key that the person has.</summary>
public sealed record EntryKey(string Label, string Room);

/// <summary>All that the desk sees of a freshman.</summary>
public sealed record EntryDetail(EntryRow Person, IReadOnlyList<EntryStep> Steps, EntryFees Fees)
{
    public DateTimeOffset? DataConfirmedAt { get; init; }

    /// <summary>What the student says is wrong with their data.</summary>
    public string? DataRemark { get; init; }
    public TimeOnly? Until { get; init; }
    public string? CheckedInBy { get; init; }
    public string? CheckedInBecause { get; init; }
    public IReadOnlyList<EntryKey> Keys { get; init; } = [];

    /// <summary>The steps besides the bed that are not done.</summary>
    public IReadOnlyList<OnboardingStep> Missing => [.. Steps.Where(s => !s.IsDone && s.Step != OnboardingStep.Bed).Select(s => s.Step)];
}

/// <summary>How many came today and how many booked a time today, and the same for the whole season without those who won't come.</summary>
public sealed record EntryCounts(int ArrivedToday, int ExpectedToday, int Arrived, int Expected);

/// <summary>People of a building or a class: expected, with a bed, arrived.</summary>
public sealed record BoardRow(string Key, LocalName Name, int Expected, int WithBed, int Arrived)
{
    public int Missing => Expected - Arrived;
}

/// <summary>The open season at a glance.</summary>
public sealed record EntryBoard(
    LocalName Season, DateOnly FirstDay, DateOnly LastDay, EntryCounts Counts, IReadOnlyList<BoardRow> Buildings, IReadOnlyList<BoardRow> Classes)
{
    /// <summary>After the last day whoever is missing did not show up.</summary>
    public bool IsOver { get; init; }
}

public sealed record EntryWindow(IReadOnlyList<EntryRow> Items, int Total);
