namespace LogisticsAdmin.Features.Repairs.Board;

/// <summary>Marker of the board's words.</summary>
public sealed class BoardText;
