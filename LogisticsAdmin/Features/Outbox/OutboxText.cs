namespace LogisticsAdmin.Features.Outbox;

/// <summary>The words of mail, group robots and their pages.</summary>
public sealed class OutboxText;
