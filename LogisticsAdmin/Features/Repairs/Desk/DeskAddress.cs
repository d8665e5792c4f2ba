using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>Converts between the desk's address and its filter and selected ticket. The only place that defines the query parameters.</summary>
public static class DeskAddress
{
    private const string Path = "repairs";

    private const string MomentFormat = "yyyy-MM-ddTHH:mmzzz";

    /// <summary>The filter in an address or query string. Values that are not understood are ignored.</summary>
    public static RepairFilter Read(string address)
    {
        TryRead(address, out var filter);
        return filter;
    }

    /// <summary>False if the query string contains anything that is not a filter of the desk, including the selected ticket.</summary>
    public static bool TryRead(string address, out RepairFilter filter)
    {
        var query = QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "");
        var understood = true;
        filter = new RepairFilter
        {
            View = Member<RepairView>("view") ?? RepairView.New,
            Status = Member<TicketStatus>("status"),
            CampusId = Id("campus"),
            BuildingId = Id("building"),
            CategoryId = Id("category"),
            Urgency = Member<Urgency>("urgency"),
            CrewId = Id("crew"),
            TechnicianId = Id("technician"),
            Text = Take("q") is { Length: > 0 } text ? text : null,
            From = Moment("from"),
            Before = Moment("before"),
            Sort = Member<DeskSort>("sort"),
        };
        return understood && query.Count == 0;

        string? Take(string name) => query.Remove(name, out StringValues values) ? values.ToString().Trim() : null;

        long? Id(string name)
        {
            if (Take(name) is not { Length: > 0 } typed) return null;
            if (TypedId.Parse(typed) is { } id) return id;
            understood = false;
            return null;
        }

        DateTimeOffset? Moment(string name)
        {
            if (Take(name) is not { Length: > 0 } typed) return null;
            if (DateTimeOffset.TryParseExact(typed, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)) return moment;
            understood = false;
            return null;
        }

        T? Member<T>(string name) where T : struct, Enum
        {
            if (Take(name) is not { Length: > 0 } typed) return null;
            if (Enum.TryParse<T>(typed, ignoreCase: true, out var member) && Enum.IsDefined(member)) return member;
            understood = false;
            return null;
        }
    }

    /// <summary>The number of the selected ticket in an address.</summary>
    public static string? SelectedIn(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue("t", out var number) ? (string?)number : null;

    public static string Of(RepairFilter filter, string? selected = null) => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = filter.View == RepairView.New ? null : filter.View.ToString(),
        ["status"] = filter.Status?.ToString(),
        ["campus"] = filter.CampusId?.ToString(CultureInfo.InvariantCulture),
        ["building"] = filter.BuildingId?.ToString(CultureInfo.InvariantCulture),
        ["category"] = filter.CategoryId?.ToString(CultureInfo.InvariantCulture),
        ["urgency"] = filter.Urgency?.ToString(),
        ["crew"] = filter.CrewId?.ToString(CultureInfo.InvariantCulture),
        ["technician"] = filter.TechnicianId?.ToString(CultureInfo.InvariantCulture),
        ["q"] = filter.Text,
        ["from"] = filter.From?.ToString(MomentFormat, CultureInfo.InvariantCulture),
        ["before"] = filter.Before?.ToString(MomentFormat, CultureInfo.InvariantCulture),
        ["sort"] = filter.Sort?.ToString(),
        ["t"] = selected,
    });

    /// <summary>Only the query string, as stored with a saved view.</summary>
    public static string QueryOf(RepairFilter filter) => Of(filter)[Path.Length..];

    /// <summary>The query string of the list's export: same filter and order, with all columns or only those chosen for the desk.</summary>
    public static string ExportOf(RepairFilter filter, DeskSort sort, bool onlyChosen = false) =>
        QueryHelpers.AddQueryString(QueryOf(filter with { Sort = sort }), "columns", onlyChosen ? Chosen : "");

    public const string Chosen = "chosen";
}
