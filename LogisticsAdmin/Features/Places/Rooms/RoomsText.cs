namespace LogisticsAdmin.Features.Places.Rooms;

/// <summary>Words of the page of a room and of door signs.</summary>
public sealed class RoomsText;
