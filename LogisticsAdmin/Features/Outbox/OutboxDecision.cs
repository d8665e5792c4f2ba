namespace LogisticsAdmin.Features.Outbox;

/// <summary>What an administrator decided about a dead letter. The numbers are stored.</summary>
public enum OutboxDecision
{
    SentAgain = 1,
    Discarded = 2,
}
