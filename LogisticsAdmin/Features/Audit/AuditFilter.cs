using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Audit;

/// <summary>Which changes: by whom, of what, which field, and on which days in the office's time zone, both included.</summary>
public sealed record AuditFilter
{
    public const int WindowSize = 50;

    /// <summary>The maximum of acts that are counted.</summary>
    public const int MaxCounted = 1_000;

    /// <summary>How many changed fields of an act are read to tell it.</summary>
    public const int ToldFields = 20;

    /// <summary>Part of the acting person's name, user name or number; 系统 for background work.</summary>
    public string? Who { get; init; }

    /// <summary>The name of the entity.</summary>
    public string? Entity { get; init; }

    /// <summary>Part of the name of the thing that was changed, or #12 for its id.</summary>
    public string? Thing { get; init; }
    public string? Field { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    public long? ThingId => Thing is ['#', .. var digits] ? TypedId.Parse(digits) : null;

    /// <summary>Reads the filter from the page's address.</summary>
    public static AuditFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("who"), Of("entity"), Of("thing"), Of("id"), Of("field"), Of("from"), Of("to"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the filter from the parts of an address. Other pages name the thing by its bare id. Values that are not valid are ignored.</summary>
    public static AuditFilter Parse(string? who, string? entity, string? thing, string? id, string? field, string? from, string? to) => new()
    {
        Who = Given(who),
        Entity = Given(entity),
        Thing = Given(id) is { } number ? $"#{number}" : Given(thing),
        Field = Given(field),
        From = Day(from),
        To = Day(to),
    };

    private static string? Given(string? typed) => CleanText.Clean(typed) is { Length: > 0 } given ? given : null;

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100
            ? day : null;
}
