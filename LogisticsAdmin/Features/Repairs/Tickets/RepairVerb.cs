namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What can happen to a ticket. Each is a method of <see cref="RepairTicket"/> and an entry of its timeline.</summary>
public enum RepairVerb
{
    Submit = 1,
    Triage = 2,
    Reject = 3,
    Assign = 4,
    Take = 5,
    Decline = 6,
    Transfer = 7,
    Start = 8,
    Hold = 9,
    Resume = 10,
    Complete = 11,
    Verify = 12,
    Rate = 13,
    Cancel = 14,
    Nudge = 15,
    Comment = 16,
    Attach = 17,

    /// <summary>The reporter or the office does not accept the work: Completed → Rework.</summary>
    SendBack = 18,

    /// <summary>The first-asked ownership passes to a colleague; the status stays.</summary>
    HandOver = 19,
    ChangeUrgency = 20,

    /// <summary>The office corrects place, category or phone.</summary>
    Correct = 21,

    /// <summary>A limit passed; written once by the system.</summary>
    BecomeOverdue = 22,

    /// <summary>Imported from an existing log.</summary>
    Import = 23,

    /// <summary>延期: the technician asks for more time before the limit, or after it (超时申请).</summary>
    RequestExtension = 24,
    DecideExtension = 25,

    /// <summary>Somebody was notified that a limit is near or has passed; written by the system, once per step.</summary>
    Escalate = 26,

    /// <summary>Somebody undid what they had just done; the code names the verb.</summary>
    Undo = 27,

    /// <summary>到场: the technician is at the place; once per visit. The status stays.</summary>
    Arrive = 28,
}
