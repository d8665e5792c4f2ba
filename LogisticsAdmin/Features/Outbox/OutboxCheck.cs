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
        foreach (var id in await outbox.Where(m => m.PersonId != null && m.RobotId != null).Select(m => m.Id).ToListAsync(ct))
            yield return $"Message {id} of the outbox is for a person and for a robot.";
        var handedOver = outbox.Where(m => m.State == OutboxState.Sent || m.State == OutboxState.Sending);
        foreach (var id in await handedOver.Where(m => m.MessageId == null).Select(m => m.Id).ToListAsync(ct))
            yield return $"Message {id} of the outbox was handed over without a Message-ID.";
        var left = outbox.Where(m => m.State == OutboxState.Dead || m.State == OutboxState.Dropped);
        foreach (var id in await left.Where(m => m.Reason == null).Select(m => m.Id).ToListAsync(ct))
            yield return $"Message {id} of the outbox was not sent, without a reason.";
    }
}
