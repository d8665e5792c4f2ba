using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LogisticsAdmin.Shared;

/// <summary>Reads the filter of a list from an address or query string. A value that is not understood is null, never an error.</summary>
public sealed class QueryReader(string address)
{
    private const string MomentFormat = "yyyy-MM-ddTHH:mmzzz";

    // The day before or after the first or last of the calendar does not exist, nor such a day in another time zone.
    private static readonly int FirstYear = DateTimeOffset.MinValue.Year, LastYear = DateTimeOffset.MaxValue.Year;

    private readonly Dictionary<string, StringValues> _query =
        QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "");

    private bool _isUnderstood = true;

    /// <summary>Whether every value was understood, and nothing is left that was not asked for.</summary>
    public bool IsAllUnderstood => _isUnderstood && _query.Count == 0;

    public string? Text(string name) => _query.Remove(name, out var values) && values.ToString().Trim() is { Length: > 0 } text ? text : null;

    public long? Id(string name)
    {
        if (Text(name) is not { } typed) return null;
        if (TypedId.Parse(typed) is { } id) return id;
        _isUnderstood = false;
        return null;
    }

    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } typed) return null;
        if (DateTimeOffset.TryParseExact(typed, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && moment.Year > FirstYear && moment.Year < LastYear)
        {
            return moment;
        }
        _isUnderstood = false;
        return null;
    }

    public T? Member<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } typed) return null;
        if (Enum.TryParse<T>(typed, ignoreCase: true, out var member) && Enum.IsDefined(member)) return member;
        _isUnderstood = false;
        return null;
    }

    /// <summary>A moment as <see cref="Moment"/> reads it.</summary>
    public static string? Show(DateTimeOffset? moment) => moment?.ToString(MomentFormat, CultureInfo.InvariantCulture);
}
