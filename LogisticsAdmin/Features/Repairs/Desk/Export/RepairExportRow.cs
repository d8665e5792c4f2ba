using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk.Export;

/// <summary>A ticket as a line of an exported list: the row of the desk, and what the desk shows only on the sheet.</summary>
public sealed record RepairExportRow(RepairRow Row, string? Reporter, string? ReporterPhone, decimal? ImportedCost, decimal? Used)
{
    public string? Phone => Row.ContactPhone ?? ReporterPhone;

    /// <summary>Null where nothing was written down, which is not the same as nothing spent.</summary>
    public decimal? Cost => ImportedCost is null && Used is null or 0 ? ImportedCost : (ImportedCost ?? 0) + (Used ?? 0);
}
