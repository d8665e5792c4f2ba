namespace LogisticsAdmin.Shared.Ui;

/// <summary>How much room the rows of a desk take.</summary>
public enum DeskDensity
{
    Comfortable = 1,
    Compact = 2,
}
