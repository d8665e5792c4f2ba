using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Replies;

/// <summary>What canned replies are sent about. Implemented by the slice whose work is answered with them.</summary>
public interface IReplySubjects
{
    /// <summary>The facts that fill the placeholders; null when there is no such number or the current user may not see it.</summary>
    Task<ReplySubject?> FindAsync(string number, CancellationToken ct);
}

/// <summary>
/// The facts of one piece of work. If the reporter or technician is unknown, the text uses a general term; without a
/// <paramref name="Language"/> it is in the sender's language.
/// </summary>
public sealed record ReplySubject(string Number, string? Reporter, string? Language, LocalName Place, DateTimeOffset DueAt, string? Technician);
