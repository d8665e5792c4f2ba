namespace LogisticsAdmin.Shared;

/// <summary>Connects the error that a person saw with the entry in the log; short enough to be read out on the phone.</summary>
public static class ErrorReference
{
    public static string New() => Guid.NewGuid().ToString("N")[..12];
}
