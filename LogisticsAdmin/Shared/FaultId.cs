namespace LogisticsAdmin.Shared;

/// <summary>What ties the words a person saw to the entry in the log: short enough to be read out on the phone.</summary>
public static class FaultId
{
    public static string New() => Guid.NewGuid().ToString("N")[..12];
}
