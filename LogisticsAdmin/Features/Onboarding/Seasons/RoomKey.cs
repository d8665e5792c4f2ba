using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>A key that somebody has, and when it came back.</summary>
public sealed class RoomKey : Versioned, IAudited
{
    private RoomKey() { }

    public RoomKey(long personId, long roomId, string label, long handedById, DateTimeOffset at) =>
        (PersonId, RoomId, Label, HandedById, HandedAt) = (personId, roomId, CleanText.Clean(label), handedById, at);

    public long PersonId { get; private set; }
    public long RoomId { get; private set; }

    /// <summary>What is written on it.</summary>
    public string Label { get; private set; } = "";
    public DateTimeOffset HandedAt { get; private set; }
    public long HandedById { get; private set; }

    /// <summary>Null while the person has it.</summary>
    public DateTimeOffset? ReturnedAt { get; private set; }
    public long? ReturnedById { get; private set; }

    public void Return(long by, DateTimeOffset at) => (ReturnedAt, ReturnedById) = (at, by);

    public void UndoReturn() => (ReturnedAt, ReturnedById) = (null, null);
}
