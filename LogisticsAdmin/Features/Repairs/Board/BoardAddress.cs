using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Repairs.Board;

/// <summary>Addresses of board and list under the same filter: what one is narrowed to, the other is too.</summary>
internal static class BoardAddress
{
    public static string Board(RepairFilter filter) => Of("/repairs/board", filter with { View = RepairView.New, Status = null });

    public static string List(RepairFilter filter) => Of("/repairs", filter);

    /// <summary>The desk's list of everything in one column.</summary>
    public static string List(RepairFilter filter, TicketStatus status) => Of("/repairs", filter with { View = RepairView.All, Status = status });

    private static string Of(string path, RepairFilter filter) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["view"] = filter.View == RepairView.New ? null : filter.View.ToString(),
        ["status"] = filter.Status?.ToString(),
        ["campus"] = Id(filter.CampusId),
        ["building"] = Id(filter.BuildingId),
        ["category"] = Id(filter.CategoryId),
        ["urgency"] = filter.Urgency?.ToString(),
        ["crew"] = Id(filter.CrewId),
        ["technician"] = Id(filter.TechnicianId),
        ["q"] = filter.Text,
    });

    private static string? Id(long? id) => id?.ToString(CultureInfo.InvariantCulture);
}
