namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>Words of the spreadsheet of an existing ticket log.</summary>
public sealed class TicketLogText;
