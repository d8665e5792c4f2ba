namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>Where a case stands. The numbers are stored.</summary>
public enum VoiceState
{
    /// <summary>待答复: nobody has answered yet.</summary>
    New = 1,

    /// <summary>办理中: answered for the first time, and still worked on.</summary>
    Answered = 2,

    /// <summary>待评价: the office is done; the person says whether it is solved.</summary>
    Settled = 3,

    /// <summary>重新办理: the person said that it is not solved.</summary>
    Reopened = 4,

    /// <summary>待裁定: the person asked a manager to decide.</summary>
    Appealed = 5,

    /// <summary>已裁定: a manager decided, which is final.</summary>
    Decided = 6,

    /// <summary>已办结: solved, or nobody objected.</summary>
    Closed = 7,

    /// <summary>已撤回 by the person.</summary>
    Withdrawn = 8,
}
