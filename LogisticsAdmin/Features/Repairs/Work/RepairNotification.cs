namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>The kinds of messages about tickets. The numbers are stored in inboxes.</summary>
public enum RepairNotification
{
    Assigned = 1,
    Nudged = 2,
    BecameOverdue = 3,
    StateChanged = 4,
    Replied = 5,
    Declined = 6,
    Reworked = 7,
    DueSoon = 8,
    Escalated = 9,
    ExtensionAsked = 10,
    ExtensionDecided = 11,

    /// <summary>The job went to another technician.</summary>
    TakenAway = 12,
    MadeUrgent = 13,

    /// <summary>The reader is the first-asked owner from now on.</summary>
    HandedOver = 14,

    /// <summary>An emergency waits for a dispatcher.</summary>
    EmergencyReported = 20,
}
