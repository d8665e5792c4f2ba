namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Columns that the list of meters can be sorted by.</summary>
public enum MeterSort
{
    Room = 1,
    Number = 2,
    InstalledOn = 3,
    LastRead = 4,
}
