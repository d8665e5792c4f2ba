namespace LogisticsAdmin.Features.Outbox;

/// <summary>By what the list of dead letters is sorted.</summary>
public enum OutboxSort
{
    Ended = 1,
    Recipient = 2,
    Reason = 3,
    Attempts = 4,
}
