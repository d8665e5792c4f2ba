namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// Who sent a case: apart from the case, so that nothing which reads cases meets a name by accident. Only the reporter's own pages, the opening of a
/// name and, for cases that are not anonymous, <see cref="VoiceRow"/> join it.
/// </summary>
public sealed class VoiceReporter
{
    private VoiceReporter() { }

    public VoiceReporter(VoiceCase reported, long personId) => (Case, PersonId) = (reported, personId);

    public long CaseId { get; private set; }
    public VoiceCase Case { get; private set; } = null!;
    public long PersonId { get; private set; }
}
