namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>What a person has to say.</summary>
public enum VoiceKind
{
    /// <summary>投诉.</summary>
    Complaint = 1,

    /// <summary>建议.</summary>
    Suggestion = 2,

    /// <summary>申诉: against a decision about the person.</summary>
    Appeal = 3,

    /// <summary>表扬.</summary>
    Praise = 4,
}
