using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Which list of people of the board, filtered and in which order.</summary>
public sealed record EntryFilter
{
    public const int PageSize = 50;

    public EntryListKind List { get; init; } = EntryListKind.NotArrived;

    /// <summary>Part of a name, pinyin or number.</summary>
    public string? Text { get; init; }
    public string? ClassName { get; init; }
    public long? BuildingId { get; init; }
    public EntrySort Sort { get; init; } = EntrySort.Class;
    public int Page { get; init; } = 1;

    public static EntryFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("list"), Of("q"), Of("class"), Of("building"), Of("sort"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static EntryFilter Parse(string? list, string? text, string? className, string? building, string? sort, string? page = null) => new()
    {
        List = Enum.TryParse<EntryListKind>(list, out var kind) && Enum.IsDefined(kind) ? kind : EntryListKind.NotArrived,
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        ClassName = string.IsNullOrWhiteSpace(className) ? null : className,
        BuildingId = TypedId.Parse(building),
        Sort = Enum.TryParse<EntrySort>(sort, out var order) && Enum.IsDefined(order) ? order : EntrySort.Class,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 100_000 ? number : 1,
    };
}
