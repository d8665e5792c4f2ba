namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What can happen to a ticket; each is a method of <see cref="RepairTicket"/> and a row of its timeline.</summary>
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

    /// <summary>The reporter or the office found the work wanting: Completed → Rework.</summary>
    SendBack = 18,

    /// <summary>The first-asked owner hands the answer to a colleague; the state stays.</summary>
    HandOver = 19,
    ChangeUrgency = 20,

    /// <summary>The office corrects place, category or phone.</summary>
    Correct = 21,

    /// <summary>The limit passed; written once by the house.</summary>
    BecomeOverdue = 22,

    /// <summary>Came in from an existing log.</summary>
    Import = 23,

    /// <summary>延期: the technician asks for more time before the limit, or after it (超时申请).</summary>
    RequestExtension = 24,
    DecideExtension = 25,

    /// <summary>Somebody was told that a limit is near or passed; written by the house, once a step.</summary>
    Escalate = 26,

    /// <summary>Somebody took back what they had just done; the code names the verb.</summary>
    Undo = 27,
}
