using System.Globalization;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>A season in the list. <paramref name="Beds"/> counts students who hold or have a bed and are not checked in.</summary>
public sealed record SeasonRow(
    long Id, long Version, LocalName Name, int Grade, DateOnly FirstDay, DateOnly LastDay, bool MayDefer, SeasonState State, int Groups, int Students,
    int Beds, int CheckedIn);

/// <summary>A season with everything that belongs to it. <paramref name="InNoGroup"/> counts expected people of its grade in no group.</summary>
public sealed record SeasonView(
    SeasonRow Season, IReadOnlyList<SeasonGroupRow> Groups, IReadOnlyList<SeasonFeeRow> Fees, IReadOnlyList<SeasonItemRow> Items,
    IReadOnlyList<SeasonPaperRow> Papers, IReadOnlyList<DeskTimeRow> DeskTimes, IReadOnlyList<SeasonClass> Classes, int InNoGroup)
{
    public bool IsClosed => Season.State == SeasonState.Closed;

    public Money FeesInAll => Fees.Sum(f => f.Amount);
}

/// <summary>
/// A group: how many people of its classes are expected or on their way, how many of them are enrolled, and the beds in use that it offers.
/// </summary>
public sealed record SeasonGroupRow(
    long Id, long Version, string Name, DateTimeOffset ChoosesFrom, DateTimeOffset ChoosesUntil, IReadOnlyList<string> Classes,
    IReadOnlyList<OfferedRooms> Rooms, int Expected, int Men, int Women, int Students, int BedsForMen, int BedsForWomen);

/// <summary>Rooms that a group offers, in words and numbers.</summary>
public sealed record OfferedRooms(long BuildingId, LocalName Building, int? Floor, int? RoomSize, Gender Gender);

/// <summary>A class with people of the season's grade who are expected, and its group, if it is in one.</summary>
public sealed record SeasonClass(string Name, int People, long? GroupId);

public sealed record SeasonFeeRow(long Id, long Version, LocalName Name, Money Amount);

/// <summary>A thing of the essentials; <paramref name="IsRetired"/> when it is no longer sold.</summary>
public sealed record SeasonItemRow(long Id, long Version, long ItemId, string Code, LocalName Name, Money Price, int Quantity, bool IsRetired);

public sealed record SeasonPaperRow(long Id, long Version, LocalName Title, LocalName Text, int Confirmed);

public sealed record DeskTimeRow(long Id, long Version, DateOnly Day, TimeOnly From, TimeOnly Until, int Capacity, int Booked);

/// <summary>A building with bedrooms in use, and which floors and sizes of rooms it has.</summary>
public sealed record BuildingChoice(long Id, LocalName Name, IReadOnlyList<int> Floors, IReadOnlyList<int> Sizes);

/// <summary>Goods that can be suggested.</summary>
public sealed record GoodsChoice(long Id, string Code, LocalName Name, Money Price)
{
    public override string ToString() => $"{Code} {Name}";
}

/// <summary>A student of a season as the file of students has it.</summary>
public sealed record SeasonStudentRow(
    string? Number, string Name, string? ClassName, string Group, IReadOnlyList<OnboardingStep> Missing, LocalName? Building, string? Room, string? Bed,
    bool IsHeldOnly, DateOnly? ArrivalDay, TimeOnly? ArrivalFrom, DateTimeOffset? CheckedInAt, DateTimeOffset? WithdrawnAt);

/// <summary>Filter, order and page of the list of seasons.</summary>
public sealed record SeasonFilter
{
    public const int PageSize = 20;

    public string? Text { get; init; }
    public SeasonState? State { get; init; }
    public SeasonOrder Order { get; init; }
    public int Page { get; init; } = 1;

    public static SeasonFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("state"), Of("order"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static SeasonFilter Parse(string? text, string? state, string? order, string? page = null) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = Enum.TryParse<SeasonState>(state, out var known) && Enum.IsDefined(known) ? known : null,
        Order = Enum.TryParse<SeasonOrder>(order, out var by) && Enum.IsDefined(by) ? by : SeasonOrder.Latest,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 1_000 ? number : 1,
    };
}

public sealed record SeasonWindow(IReadOnlyList<SeasonRow> Items, int Total);
