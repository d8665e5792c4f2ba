namespace LogisticsAdmin.Features.Outbox;

/// <summary>Why a message was not sent. The numbers are stored.</summary>
public enum OutboxReason
{
    /// <summary>The server refuses it for good.</summary>
    Refused = 1,

    /// <summary>It failed as often as it is tried.</summary>
    GaveUp = 2,

    /// <summary>Broken off after it was handed over: it may have arrived, and is never repeated by itself.</summary>
    OutcomeUnknown = 3,

    /// <summary>The recipient may no longer sign in or see what it is about.</summary>
    NoLongerAllowed = 4,

    /// <summary>The recipient no longer wants messages of this kind.</summary>
    NotWanted = 5,

    /// <summary>Read in the app before it was sent.</summary>
    AlreadyRead = 6,

    /// <summary>The recipient has no confirmed address.</summary>
    NoAddress = 7,

    /// <summary>What it was about is settled.</summary>
    Settled = 8,

    /// <summary>An administrator discarded it.</summary>
    Discarded = 9,
}
