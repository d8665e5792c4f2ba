namespace LogisticsAdmin.Features.Outbox;

/// <summary>Where a message is on its way out of the app. The numbers are stored.</summary>
public enum OutboxState
{
    /// <summary>To be sent as soon as it is due.</summary>
    Waiting = 1,

    /// <summary>Taken by the job. What is found in this state at the start of the app was broken off, and nobody knows whether it arrived.</summary>
    Sending = 2,
    Sent = 3,

    /// <summary>A dead letter: not sent, or perhaps sent, until an administrator decides.</summary>
    Dead = 4,

    /// <summary>Left out, because nobody is to get it any more.</summary>
    Dropped = 5,
}
