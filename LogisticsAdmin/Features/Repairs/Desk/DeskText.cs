namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>Words of the repair desk: list, filters, ticket sheet, dialogs, export.</summary>
public sealed class DeskText;
