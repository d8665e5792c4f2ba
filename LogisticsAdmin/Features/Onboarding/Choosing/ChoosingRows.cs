using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>A student's own steps with everything that they need for them.</summary>
public sealed record MyOnboarding(
    LocalName Season, SeasonState State, DateOnly FirstDay, DateOnly LastDay, bool MayDefer, DateTimeOffset ChoosesFrom, DateTimeOffset ChoosesUntil,
    Freshman Freshman, IReadOnlyList<OnboardingStep> Steps, IReadOnlyList<OnboardingStep> Missing, MyData Data, MyBed? Bed, MyRoom? Room, MyFees Fees,
    MyEssentials Essentials, IReadOnlyList<PaperRow> Papers, IReadOnlyList<DeskTimeRow> Times)
{
    /// <summary>Whether the student can still change something.</summary>
    public bool CanAct => State == SeasonState.Open && Freshman is { CheckedInAt: null, WithdrawnAt: null };

    public DeskTimeRow? Arrival => Times.FirstOrDefault(t => t.Id == Freshman.DeskTimeId);

    /// <summary>Whether the desk can be shown the code: a time was chosen, or nothing is missing.</summary>
    public bool IsReady => CanAct && (Missing.Count == 0 || Freshman.DeskTimeId is not null);
}

/// <summary>What is recorded about the student.</summary>
public sealed record MyData(string FullName, string? Number, string? College, string? Major, string? ClassName, string? Phone);

/// <summary>The bed that the student holds or chose.</summary>
public sealed record MyBed(long Id, long BuildingId, LocalName Building, int Floor, string Room, string Bed);

/// <summary>Where the student lives since check-in.</summary>
public sealed record MyRoom(LocalName Building, string Room, string? Bed);

/// <summary>What is to be paid, and how it can be.</summary>
public sealed record MyFees(IReadOnlyList<FeeRow> Lines, Money Owed, Money Balance, bool CanPayOnline);

public sealed record FeeRow(LocalName Name, Money Amount);

/// <summary>The suggested goods, and the number of the order that settles the step.</summary>
public sealed record MyEssentials(IReadOnlyList<EssentialRow> Lines, string? Order)
{
    public Money Total => Lines.Sum(l => l.Amount);
}

public sealed record EssentialRow(long ItemId, LocalName Name, int Quantity, Money Price)
{
    public Money Amount => new(checked(Price.Fen * Quantity));
}

public sealed record PaperRow(long Id, LocalName Title, DateTimeOffset? ConfirmedAt);

/// <summary>A paper in full. <paramref name="Version"/> is confirmed with it.</summary>
public sealed record PaperView(long Id, long Version, LocalName Title, LocalName Text, DateTimeOffset? ConfirmedAt, bool CanConfirm);

public sealed record DeskTimeRow(long Id, DateOnly Day, TimeOnly From, TimeOnly Until, int Left, bool IsOver);

/// <summary>What the card on the home page says; <paramref name="Missing"/> is null for somebody who has not begun.</summary>
public sealed record OnboardingCardRow(LocalName Season, int? Missing);

/// <summary>Beds to choose from: those of one floor, and the ways to others.</summary>
public sealed record BedPage(
    DateTimeOffset From, DateTimeOffset Until, bool IsOpen, bool HasHome, bool MayChoose, IReadOnlyList<BuildingChoice> Buildings, long? BuildingId,
    IReadOnlyList<FloorChoice> Floors, int? Floor, IReadOnlyList<BedRoom> Rooms, MyBed? Mine, DateTimeOffset? HeldUntil)
{
    /// <summary>Held, not chosen yet.</summary>
    public bool IsHeld => Mine is not null && HeldUntil is not null;
}

public sealed record BuildingChoice(long Id, LocalName Name, int Free);

public sealed record FloorChoice(int Floor, int Free);

/// <summary>A room with its beds, and what those who have beds in it like.</summary>
public sealed record BedRoom(long Id, string Code, IReadOnlyList<BedRow> Beds, int Early, int Late, int Quiet)
{
    public int Free => Beds.Count(b => b.Mark == BedMark.Free);
}

public sealed record BedRow(long Id, string Code, BedMark Mark, string? ClassName);
