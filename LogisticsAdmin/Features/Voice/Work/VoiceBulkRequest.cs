using LogisticsAdmin.Features.Voice.Cases;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>A case of a bulk action.</summary>
public sealed record VoiceBulkCase(long Id, string Number)
{
    public static VoiceBulkCase Of(VoiceRow row) => new(row.Id, row.Number);
}

/// <summary>One verb on many cases.</summary>
public sealed record VoiceBulkRequest(VoiceVerb Verb, VoiceVerbForm Form, IReadOnlyList<VoiceBulkCase> Cases)
{
    /// <summary>The verbs that are offered as bulk actions.</summary>
    public static readonly IReadOnlyList<VoiceVerb> Verbs =
        [VoiceVerb.Take, VoiceVerb.HandOver, VoiceVerb.Reply, VoiceVerb.Note, VoiceVerb.Settle, VoiceVerb.Group];
}
