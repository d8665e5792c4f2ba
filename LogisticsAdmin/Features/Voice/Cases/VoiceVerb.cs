namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>What can be done with a case. The numbers are stored in the timeline.</summary>
public enum VoiceVerb
{
    Submit = 1,

    /// <summary>首问: whoever takes it first owns it.</summary>
    Take = 2,

    /// <summary>A public answer.</summary>
    Reply = 3,

    /// <summary>An internal note.</summary>
    Note = 4,

    /// <summary>The person adds something.</summary>
    Add = 5,
    HandOver = 6,

    /// <summary>The office asks the managers for help.</summary>
    Escalate = 7,

    /// <summary>延期 to another day, with a reason that the person reads.</summary>
    Extend = 8,

    /// <summary>Another kind, centre or crew.</summary>
    Correct = 9,

    /// <summary>The office says what was done.</summary>
    Settle = 10,

    /// <summary>The person says that it is solved.</summary>
    Solve = 11,

    /// <summary>The person says that it is not solved; once.</summary>
    Reopen = 12,

    /// <summary>The person asks a manager to decide; once.</summary>
    Appeal = 13,
    Decide = 14,
    Rate = 15,
    Withdraw = 16,

    /// <summary>Nobody objected within the days for it.</summary>
    Close = 17,

    /// <summary>The same matter as a lead case.</summary>
    Group = 18,
    Ungroup = 19,

    /// <summary>An administrator opened the name of an anonymous person.</summary>
    OpenName = 20,
    BecomeLate = 21,

    /// <summary>A step of escalation told somebody of a limit.</summary>
    Remind = 22,
    Undo = 23,
}
