namespace LogisticsAdmin.Data;

/// <summary>The last number taken in a series on one office day.</summary>
public sealed class DayNumber
{
    public required string Series { get; init; }
    public required DateOnly Day { get; init; }
    public required int Last { get; init; }
}
