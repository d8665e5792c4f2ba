namespace LogisticsAdmin.Data;

/// <summary>The settings of section <c>Writes</c>.</summary>
public sealed class WriteOptions
{
    /// <summary>How long after its arrival a writer waits for another program that has locked the database.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many writers wait at the gate. One more is refused at once.</summary>
    public int MaximumWaiting { get; set; } = 500;
}
