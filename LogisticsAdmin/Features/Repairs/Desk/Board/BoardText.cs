namespace LogisticsAdmin.Features.Repairs.Desk.Board;

/// <summary>Marker of the board's words.</summary>
public sealed class BoardText;
