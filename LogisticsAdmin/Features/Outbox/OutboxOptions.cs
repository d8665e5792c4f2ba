namespace LogisticsAdmin.Features.Outbox;

/// <summary>The settings of section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>For how many days sent and dropped messages are kept. Dead letters stay until somebody decides.</summary>
    public int KeepDays { get; set; } = 30;
}
