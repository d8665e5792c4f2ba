namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>Resources for importing a spreadsheet of existing tickets.</summary>
public sealed class TicketLogText;
