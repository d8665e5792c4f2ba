namespace LogisticsAdmin.Features.Outbox;

/// <summary>What can be undone about a dead letter. The names are stored.</summary>
public enum OutboxAct
{
    SendAgain = 1,
    Discard = 2,
}
