using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>Checks that every message has one recipient, and that what was handed over has a Message-ID.</summary>
internal sealed class OutboxCheck : IStorageCheck
{
    public string Subject => "outbox 发件箱";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var outbox = db.Outbox.AsNoTracking();
        await foreach (var id in outbox.Where(m => m.PersonId != null && m.RobotId != null).Select(m => m.Id).AsAsyncEnumerable().WithCancellation(ct))
            yield return $"Message {id} of the outbox is for a person and for a robot.";
        await foreach (var id in outbox.Where(m => (m.State == OutboxState.Sent || m.State == OutboxState.Sending) && m.MessageId == null).Select(m => m.Id)
            .AsAsyncEnumerable().WithCancellation(ct))
            yield return $"Message {id} of the outbox was handed over without a Message-ID.";
        await foreach (var id in outbox.Where(m => (m.State == OutboxState.Dead || m.State == OutboxState.Dropped) && m.Reason == null).Select(m => m.Id)
            .AsAsyncEnumerable().WithCancellation(ct))
            yield return $"Message {id} of the outbox was not sent, without a reason.";
    }
}
