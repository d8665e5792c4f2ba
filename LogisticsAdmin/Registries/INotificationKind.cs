using LogisticsAdmin.Data;
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

    /// <summary>
    /// Whether that somebody got such a message tells what only they may know: nobody else is shown who got it, not even administrators.
    /// </summary>
    bool IsPrivate => false;

    /// <summary>What messages of this kind are called where people choose which of them they get by mail.</summary>
    LocalName Label => TextFor(null);

    /// <summary>Under what the kind stands there, such as repairs; null for a kind of its own.</summary>
    LocalName? Group => null;

    /// <summary>What the groups of staff that have a robot are told by it; null for what concerns single people only.</summary>
    GroupEvent? Event => null;

    /// <summary>What the message says, in both languages; <paramref name="argument"/> is what the sender stored, a code and never a sentence.</summary>
    LocalName TextFor(string? argument);

    /// <summary>Where this reader opens the subject of a message.</summary>
    string Address(Actor reader, string subject);

    /// <summary>
    /// Whether a recipient may still see the subject, asked again just before a message leaves the app: rights change while it waits. The reader
    /// has their present roles and crew.
    /// </summary>
    Task<bool> MaySeeAsync(LogisticsDb db, Actor reader, string subject, CancellationToken ct) => Task.FromResult(true);

    /// <summary>
    /// The titles of these subjects that the reader may see now, for kinds whose subjects change or are withdrawn: messages of theirs show no
    /// other one. Asked once for all messages of a page or a mail. Null for kinds whose messages show the words that were stored with them.
    /// </summary>
    Task<IReadOnlyDictionary<string, LocalName>?> TitlesAsync(LogisticsDb db, Actor reader, IReadOnlyCollection<string> subjects, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, LocalName>?>(null);

    /// <summary>
    /// What a group is told about the subject as it is now: place and kind of what happened, and nobody's name. Null when it is settled.
    /// </summary>
    Task<LocalName?> GroupTextAsync(LogisticsDb db, string subject, CancellationToken ct) =>
        Task.FromResult<LocalName?>(new LocalName($"{Label.Zh} {subject}", $"{Label.En} {subject}"));
}
