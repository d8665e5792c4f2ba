using System.Collections.Frozen;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>The registered kinds of messages by the id that is stored. Throws when two kinds have the same id.</summary>
public sealed class NotificationKinds(IEnumerable<INotificationKind> kinds)
{
    private readonly FrozenDictionary<int, INotificationKind> _byId = kinds.ToDictionary(k => k.Id).ToFrozenDictionary();

    /// <summary>The ids of the kinds whose recipients nobody else is shown.</summary>
    public IReadOnlyList<int> Private { get; } = [.. kinds.Where(k => k.IsPrivate).Select(k => k.Id)];

    /// <summary>Null for a message whose kind no slice registers any more.</summary>
    public INotificationKind? Find(int id) => _byId.GetValueOrDefault(id);
}
