using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The cases that canned replies are sent about. Of an anonymous one the reporter stays unknown, also their language.</summary>
internal sealed class VoiceReplySubjects(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IReplySubjects
{
    public async Task<ReplySubject?> FindAsync(string number, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => c.Number == number)).FirstOrDefaultAsync(ct);
        return row is null ? null : Of(row);
    }

    /// <summary>The facts of a case.</summary>
    internal static ReplySubject Of(VoiceRow row)
    {
        var place = new LocalName($"{row.Building?.Zh} {row.Room?.Zh}".Trim(), $"{row.Building?.En} {row.Room?.En}".Trim());
        return new ReplySubject(row.Number, row.Reporter, null, place, row.DueAt, null);
    }
}
