using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>That an administrator opened the name of an anonymous reporter, and why. The audit log shows it; the name stands nowhere in it.</summary>
public sealed class VoiceNameOpening : Versioned, IAudited
{
    private VoiceNameOpening() { }

    public VoiceNameOpening(VoiceCase opened, long byId, string reason, DateTimeOffset at) =>
        (CaseId, Number, OpenedById, Reason, At) = (opened.Id, opened.Number, byId, reason, at);

    [NotAudited]
    public long CaseId { get; private set; }
    public string Number { get; private set; } = "";

    [NotAudited]
    public long OpenedById { get; private set; }
    public string Reason { get; private set; } = "";

    [NotAudited]
    public DateTimeOffset At { get; private set; }
}
