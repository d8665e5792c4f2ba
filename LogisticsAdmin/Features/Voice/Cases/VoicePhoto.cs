namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// A photo of an entry of the timeline, or an upload that no form was accepted with yet. It has no owner: an upload is used by whoever has its random
/// key, which only the form that sent it knows.
/// </summary>
public sealed class VoicePhoto
{
    private VoicePhoto() { }

    public VoicePhoto(Guid key, int width, int height, long bytes, DateTimeOffset at) =>
        (Key, Width, Height, Bytes, At) = (key, width, height, bytes, at);

    public long Id { get; private set; }
    public Guid Key { get; private set; }
    public long? CaseId { get; private set; }
    public VoiceCase? Case { get; private set; }
    public long? EventId { get; private set; }
    public VoiceEvent? Event { get; private set; }
    public int Width { get; private set; }
    public int Height { get; private set; }
    public long Bytes { get; private set; }
    public DateTimeOffset At { get; private set; }

    public void AttachTo(VoiceCase reported, VoiceEvent written) => (Case, Event) = (reported, written);

    /// <summary>The same picture with another entry: an answer may reach several cases.</summary>
    public VoicePhoto CopyFor(VoiceCase reported, VoiceEvent written)
    {
        var copy = new VoicePhoto(Key, Width, Height, Bytes, At);
        copy.AttachTo(reported, written);
        return copy;
    }
}
