using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>All these people received a message at once, or messages of theirs became read or lost their subject.</summary>
public sealed record MessagesReceived(IReadOnlySet<long> People) : Change;
