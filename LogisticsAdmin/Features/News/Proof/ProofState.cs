namespace LogisticsAdmin.Features.News.Proof;

/// <summary>Which of the addressed people are shown.</summary>
public enum ProofState
{
    All = 0,
    Unread = 1,

    /// <summary>Read, and not confirmed where that is asked for.</summary>
    Unconfirmed = 2,
    Read = 3,
    Confirmed = 4,
}
