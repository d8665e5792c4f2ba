using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>
/// What the page of rates shows, as in its address. <paramref name="Day"/>: of the time machine; null for today. <paramref name="Known"/>: a moment as
/// clocks in the office showed it; null for what is known now.
/// </summary>
public sealed record RatesView(long? Kind = null, string? Scope = null, DateOnly? Day = null, DateTime? Known = null, long? Room = null)
{
    /// <summary>How <see cref="Known"/> is written, by browsers as well.</summary>
    public const string Moment = "yyyy-MM-ddTHH:mm";

    public static RatesView Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return new RatesView(
            Number("kind"), Text("scope"),
            Sensible(DateOnly.TryParseExact(Text("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null),
            Sensible(DateTime.TryParseExact(Text("known"), Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) ? known : null),
            Number("room"));

        string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        long? Number(string name) => TypedId.Parse(Text(name));
    }

    /// <summary>The query string, without the question mark.</summary>
    public Dictionary<string, object?> Query() => new()
    {
        ["kind"] = Kind,
        ["scope"] = Scope,
        ["day"] = Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["known"] = Known?.ToString(Moment, CultureInfo.InvariantCulture),
        ["room"] = Room,
    };

    /// <summary>Null for a day out of all reach, whether it was typed or stands in an address.</summary>
    public static DateOnly? Sensible(DateOnly? day) => day?.Year is >= 1990 and <= 2200 ? day : null;

    /// <inheritdoc cref="Sensible(DateOnly?)"/>
    public static DateTime? Sensible(DateTime? moment) => moment?.Year is >= 1990 and <= 2200 ? moment : null;
}
