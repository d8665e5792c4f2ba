namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>+1: somebody has the same matter as one on the board. Once per person, kept by the key of the table.</summary>
public sealed class VoiceSupport
{
    private VoiceSupport() { }

    public VoiceSupport(long publicationId, long personId) => (PublicationId, PersonId) = (publicationId, personId);

    public long PublicationId { get; private set; }
    public long PersonId { get; private set; }
}
