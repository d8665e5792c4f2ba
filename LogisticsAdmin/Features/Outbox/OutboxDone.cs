namespace LogisticsAdmin.Features.Outbox;

/// <summary>What became of one message: one of the three is set.</summary>
internal sealed record OutboxDone(SendOutcome? Sending, OutboxReason? Dropped, DateTimeOffset? DigestAt)
{
    public void ApplyTo(OutboxMessage message, DateTimeOffset at)
    {
        if (Dropped is { } reason) message.Drop(reason, at);
        else if (DigestAt is { } dueAt) message.JoinDigest(dueAt);
        else if (Sending is { } sending) Apply(message, sending, at);
        else message.Release(at);
    }

    private static void Apply(OutboxMessage message, SendOutcome sending, DateTimeOffset at)
    {
        switch (sending.Result)
        {
            case SendResult.Sent:
                message.BeSent(at);
                break;
            case SendResult.TryLater:
                message.Fail(sending.Error, at);
                break;
            case SendResult.Refused:
                message.Die(OutboxReason.Refused, sending.Error, at);
                break;
            case SendResult.Unknown:
                message.Die(OutboxReason.OutcomeUnknown, sending.Error, at);
                break;
            default:
                message.Release(sending.RetryAt ?? at);
                break;
        }
    }
}
