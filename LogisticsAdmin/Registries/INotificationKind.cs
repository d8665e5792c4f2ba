using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// One kind of message in a person's inbox. The slice that sends it registers it; the bell and the message page show what is registered
/// and know no kind.
/// </summary>
public interface INotificationKind
{
    /// <summary>Stored with every message: unique among all slices, never reused and never changed without a migration.</summary>
    int Id { get; }

    /// <summary>The path of a line drawing in a box of 24 × 24.</summary>
    string Icon { get; }

    /// <summary>The roles of those it may be sent to.</summary>
    IReadOnlyList<Role> Recipients { get; }

    /// <summary>Whether the reader must notice it at once: office pages say it without waiting and may sound.</summary>
    bool IsUrgent => false;

    /// <summary>What the message says, in both languages; <paramref name="argument"/> is what the sender stored, a code and never a sentence.</summary>
    LocalName TextFor(string? argument);

    /// <summary>Where this reader opens the subject of a message.</summary>
    string Address(Actor reader, string subject);
}
