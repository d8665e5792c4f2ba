using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk.Export;

/// <summary>A line of an exported list: the row of the desk, and details that the desk shows only on the sheet.</summary>
public sealed record RepairExportRow(RepairRow Row, string? Reporter, string? ReporterPhone, TicketCost Costs)
{
    public TimeBreakdown Time { get; init; } = new([]);

    /// <summary>The number of the notice of the planned outage during which it was reported.</summary>
    public string? OutageNotice { get; init; }

    public string? Phone => Row.ContactPhone ?? ReporterPhone;

    /// <inheritdoc cref="TicketCost.Total"/>
    public Money? Cost => Costs.Total;
}
