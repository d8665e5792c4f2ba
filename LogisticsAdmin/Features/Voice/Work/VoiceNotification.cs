namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>The kinds of messages about cases. The numbers are stored in inboxes.</summary>
public enum VoiceNotification
{
    /// <summary>To dispatchers: somebody sent one.</summary>
    Submitted = 90,

    /// <summary>The reader owns it from now on.</summary>
    HandedOver = 91,

    /// <summary>To the owner: the reporter did something.</summary>
    ReporterActed = 92,

    /// <summary>To managers: a colleague asks for help.</summary>
    Escalated = 93,

    /// <summary>To managers: a reporter asks them to decide.</summary>
    Appealed = 94,

    /// <summary>A limit is near, or has passed.</summary>
    Limit = 95,

    /// <summary>To the reporter: the office did something.</summary>
    Answered = 96,

    /// <summary>To the reporter: an administrator opened the name.</summary>
    NameOpened = 97,

    /// <summary>To the reporter: the office recorded a case on their behalf.</summary>
    Recorded = 98,
}
