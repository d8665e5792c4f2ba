namespace LogisticsAdmin.Registries;

public enum PeriodKind
{
    Day = 1,
    Month = 2,
    Quarter = 3,
    Year = 4,

    /// <summary>Any days, such as a term.</summary>
    Range = 5,
}
