using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Replies;

/// <summary>Shared replies of seeds/replies.json. Loaded only once, so that the office's changes are kept.</summary>
internal sealed class RepliesReference : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.CannedReplies.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<ReplyFile>("replies.json", ct);
        await db.WriteAsync(_ =>
        {
            foreach (var row in file.Replies)
            {
                var reply = new CannedReply(ownerId: null);
                reply.Describe(new LocalName(row.Name, row.NameEn), new LocalName(row.Text, row.TextEn), row.Shortcut, row.Internal,
                    row.Verb is { } verb ? new MacroAction(verb, row.Code) : null);
                db.CannedReplies.Add(reply);
            }
            return Task.CompletedTask;
        }, ct);
    }

    private sealed record ReplyFile(IReadOnlyList<SeedRow> Replies);

    private sealed record SeedRow(string Name, string NameEn, string Text, string TextEn, string Shortcut, bool Internal, string? Verb, string? Code);
}
