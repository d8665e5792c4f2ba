using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>All these people received a message at once.</summary>
public sealed record MessagesReceived(IReadOnlySet<long> People) : Change;
