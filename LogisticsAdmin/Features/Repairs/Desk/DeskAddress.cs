using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>Converts between the desk's address and its filter and selected ticket. The only place that defines the query parameters.</summary>
public static class DeskAddress
{
    private const string Path = "repairs";

    /// <summary>The filter in an address or query string. Values that are not understood are ignored.</summary>
    public static RepairFilter Read(string address)
    {
        TryRead(address, out var filter);
        return filter;
    }

    /// <summary>False if the query string contains anything that is not a filter of the desk, including the selected ticket.</summary>
    public static bool TryRead(string address, out RepairFilter filter)
    {
        var query = new QueryReader(address);
        filter = new RepairFilter
        {
            View = query.Member<RepairView>("view") ?? RepairView.New,
            Status = query.Member<TicketStatus>("status"),
            CampusId = query.Id("campus"),
            BuildingId = query.Id("building"),
            CategoryId = query.Id("category"),
            Urgency = query.Member<Urgency>("urgency"),
            CrewId = query.Id("crew"),
            TechnicianId = query.Id("technician"),
            Text = query.Text("q"),
            From = query.Moment("from"),
            Before = query.Moment("before"),
            Sort = query.Member<DeskSort>("sort"),
        };
        return query.IsAllUnderstood;
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
        ["from"] = QueryReader.Show(filter.From),
        ["before"] = QueryReader.Show(filter.Before),
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
