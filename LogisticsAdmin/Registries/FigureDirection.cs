namespace LogisticsAdmin.Registries;

/// <summary>Which values of a figure are the better ones; targets exist only where one direction is better.</summary>
public enum FigureDirection
{
    Neutral = 0,
    HigherIsBetter = 1,
    LowerIsBetter = 2,
}
