using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Messages to those who leave, written inside the write of what they are about.</summary>
internal static class LeavingNotices
{
    private const int MaxAbout = 100;

    /// <summary>
    /// Tells these people that a round is open for them, and its days; each of them once. Who was told other days hears the new ones.
    /// </summary>
    public static async Task TellOpenedAsync(
        LogisticsDb db, LeavingRound round, IReadOnlyCollection<long> people, DateTimeOffset at, CancellationToken ct)
    {
        var said = LeavingNotificationKind.DetailOf(round);
        // Only the last message counts: days may be changed and changed back.
        var opened = await db.Inbox.Where(i => EF.Parameter(people).Contains(i.PersonId) && i.Kind == LeavingNotificationKind.Opened)
            .OrderBy(i => i.Id).Select(i => new { i.PersonId, i.Detail }).ToListAsync(ct);
        var last = opened.Where(i => LeavingNotificationKind.IsAbout(i.Detail, round.Id)).GroupBy(i => i.PersonId)
            .ToDictionary(g => g.Key, g => g.Last().Detail);
        List<long> missing = [.. people.Where(p => last.GetValueOrDefault(p) != said)];
        if (missing.Count == 0) return;
        await TakeBackOpenedAsync(db, round.Id, missing, ct);
        // A round may have thousands.
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(missing.Select(p => new InboxItem(p, LeavingNotificationKind.Opened, InboxItem.Unnamed, said, at, round.Name)), ct);
        db.Announce(new MessagesReceived(missing.ToHashSet()));
    }

    /// <summary>Removes what these people have not read about a round: they are not in it any more, or its days are others.</summary>
    public static async Task TakeBackOpenedAsync(LogisticsDb db, long roundId, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        var unread = await db.Inbox.AsNoTracking()
            .Where(i => EF.Parameter(people).Contains(i.PersonId) && i.Kind == LeavingNotificationKind.Opened && i.ReadAt == null).ToListAsync(ct);
        await RemoveAsync(db, unread.FindAll(i => LeavingNotificationKind.IsAbout(i.Detail, roundId)), ct);
    }

    /// <summary>Tells what damage costs. An earlier amount that was not read is not true any more.</summary>
    public static async Task TellDamageAsync(LogisticsDb db, Leaver leaver, DateTimeOffset at, CancellationToken ct)
    {
        await TakeBackAsync(db, leaver, LeavingNotificationKind.DamageFound, ct);
        if (leaver.DamageFen == 0) return;
        Tell(db, leaver, LeavingNotificationKind.DamageFound, leaver.DamageFen.ToString(CultureInfo.InvariantCulture), at,
            CleanText.Summary(leaver.Damage ?? "", MaxAbout));
    }

    public static void TellCheckedOut(LogisticsDb db, Leaver leaver, DateTimeOffset at) =>
        Tell(db, leaver, LeavingNotificationKind.CheckedOut, null, at, null);

    /// <summary>The check-out was undone: who has not read of it does not hear of it.</summary>
    public static Task TakeBackCheckedOutAsync(LogisticsDb db, Leaver leaver, CancellationToken ct) =>
        TakeBackAsync(db, leaver, LeavingNotificationKind.CheckedOut, ct);

    private static void Tell(LogisticsDb db, Leaver leaver, int kind, string? detail, DateTimeOffset at, string? about)
    {
        db.Inbox.Add(new InboxItem(leaver.PersonId, kind, InboxItem.Unnamed, detail, at, about));
        db.Announce(new KeyChanged(InboxService.Topic, leaver.PersonId));
    }

    private static async Task TakeBackAsync(LogisticsDb db, Leaver leaver, int kind, CancellationToken ct)
    {
        var person = leaver.PersonId;
        await RemoveAsync(db, await db.Inbox.AsNoTracking().Where(i => i.PersonId == person && i.Kind == kind && i.ReadAt == null).ToListAsync(ct), ct);
    }

    private static async Task RemoveAsync(LogisticsDb db, List<InboxItem> messages, CancellationToken ct)
    {
        if (messages.Count == 0) return;
        var ids = messages.ConvertAll(m => m.Id);
        await BulkWriter.RemoveAsync(db, db.Inbox.Where(i => EF.Parameter(ids).Contains(i.Id)), ct);
        db.Announce(new MessagesReceived(messages.Select(m => m.PersonId).ToHashSet()));
    }
}
