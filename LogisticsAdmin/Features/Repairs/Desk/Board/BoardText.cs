namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>Resources of the board.</summary>
public sealed class BoardText;
