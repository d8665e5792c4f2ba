using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>床位: one resident each. It retires instead of being deleted, because occupancies refer to it.</summary>
public sealed class Bed : Versioned, IRetirable, IAudited
{
    private Bed() { }

    internal Bed(Room room, string code) => (Room, Code) = (room, CleanText.Clean(code));

    public long RoomId { get; private set; }
    public Room Room { get; private set; } = null!;

    /// <summary>床号: unique among the beds of its room that are in use.</summary>
    public string Code { get; private set; } = "";
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    /// <summary>Changes the code; the caller checks that no other bed in use of the room has it.</summary>
    public void Recode(string code) => Code = CleanText.Clean(code);

    public void Retire(DateTimeOffset at, long? by, string because) => (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);

    public void Restore() => (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
}
