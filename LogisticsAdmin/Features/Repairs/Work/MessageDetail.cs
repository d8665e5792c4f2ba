using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// The stored argument of a message: the ticket's state when it was written and, while its recipient was absent, who had it as a stand-in
/// (<paramref name="StandIn"/>) or for whom the stand-in has it (<paramref name="For"/>).
/// </summary>
internal sealed record MessageDetail(string? State, string? For = null, string? StandIn = null)
{
    private const int NameLength = 60;

    public static MessageDetail Of(string? stored) => stored?.Split('|', 3) switch
    {
        [var state, nameof(For), var name] => new(state, For: name),
        [var state, nameof(StandIn), var name] => new(state, StandIn: name),
        _ => new(stored),
    };

    public override string ToString() => (For, StandIn) switch
    {
        ({ } absent, _) => $"{State}|{nameof(For)}|{CleanText.Summary(absent, NameLength)}",
        (_, { } standIn) => $"{State}|{nameof(StandIn)}|{CleanText.Summary(standIn, NameLength)}",
        _ => State ?? "",
    };
}
