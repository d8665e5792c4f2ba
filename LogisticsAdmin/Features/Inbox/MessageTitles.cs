using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>
/// What the messages of a page or a mail are about, as their reader may see it now: each kind is asked once, and what was stored with a message
/// counts only where the kind has no titles of its own.
/// </summary>
public sealed class MessageTitles
{
    private readonly Dictionary<int, IReadOnlyDictionary<string, LocalName>> _titles = [];

    private MessageTitles() { }

    /// <summary>Asks the kinds; messages without one, whose kind is no longer registered, are left out.</summary>
    public static async Task<MessageTitles> ReadAsync(
        LogisticsDb db, Actor reader, IEnumerable<(INotificationKind? Kind, string Subject)> messages, CancellationToken ct)
    {
        MessageTitles titles = new();
        foreach (var kind in messages.Where(m => m.Kind is not null).GroupBy(m => m.Kind!, m => m.Subject))
        {
            if (await kind.Key.TitlesAsync(db, reader, [.. kind.Distinct()], ct) is { } found) titles._titles[kind.Key.Id] = found;
        }
        return titles;
    }

    /// <summary>Null when there is nothing to say beyond the subject's key.</summary>
    public LocalName? Of(int kind, string subject, string? stored) =>
        _titles.TryGetValue(kind, out var titles) ? titles.GetValueOrDefault(subject) : stored is null ? null : new LocalName(stored, stored);
}
