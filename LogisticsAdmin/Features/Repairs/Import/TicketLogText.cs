namespace LogisticsAdmin.Features.Repairs.Import;

/// <summary>Words of the spreadsheet of an existing ticket log.</summary>
public sealed class TicketLogText;
