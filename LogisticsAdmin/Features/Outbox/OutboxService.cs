using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>
/// What leaves the app and what could not be sent, for administrators; everybody else is refused as <see cref="Forbidden"/>. They see whom a
/// message is for and which ticket or notice it is about, and decide what happens to dead letters.
/// </summary>
public sealed class OutboxService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OutboxRunner runner, OutboxUndo undo, MailChannel channel, IEnumerable<INotificationKind> kinds,
    IOptions<MailOptions> mail, IOptions<OfficeOptions> office, OfficeTime time, ILogger<OutboxService> log)
{
    private const int AtOnce = 500;

    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);
    private readonly List<int> _private = [.. kinds.Where(k => k.IsPrivate).Select(k => k.Id)];

    public async Task<OutboxView> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOutbox();
        var (me, midnight) = (user.PersonId, time.At(time.Today, TimeOnly.MinValue));
        await using var db = await databases.CreateDbContextAsync(ct);
        var address = await db.Users.Where(p => p.Id == me).WithMail().Select(p => p.Email).FirstOrDefaultAsync(ct);
        var outbox = db.Outbox.AsNoTracking();
        var counts = new OutboxCounts(
            await outbox.CountAsync(m => m.State == OutboxState.Waiting, ct), await outbox.CountAsync(m => m.State == OutboxState.Sending, ct),
            await outbox.CountAsync(m => m.State == OutboxState.Sent && m.EndedAt >= midnight, ct),
            await outbox.CountAsync(m => m.State == OutboxState.Dead, ct));
        var set = mail.Value;
        return new OutboxView(
            set.IsOn, set.IsOn ? set.Host : null, set.EffectivePort, set.Security, set.IsOn ? set.From : null, set.DigestAt,
            office.Value.Address is { Length: > 0 }, runner.ProblemOf(MailChannel.Name), address, counts);
    }

    /// <summary>One page of dead letters, or of what was left out for a reason.</summary>
    public async Task<OutboxWindow> ListAsync(OutboxFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOutbox();
        await using var db = await databases.CreateDbContextAsync(ct);
        var filtered = Filtered(db, filter);
        return new OutboxWindow(await RowsAsync(Sorted(filtered, filter).Skip(filter.Skip).Take(OutboxFilter.PageSize), ct), await filtered.CountAsync(ct));
    }

    /// <summary>All rows of the filter, read page by page.</summary>
    public async IAsyncEnumerable<OutboxRow> AllAsync(OutboxFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        for (var skip = 0; ; skip += AtOnce)
        {
            user.Actor.DemandOutbox();
            await using var db = await databases.CreateDbContextAsync(ct);
            var rows = await RowsAsync(Sorted(Filtered(db, filter), filter).Skip(skip).Take(AtOnce), ct);
            foreach (var row in rows) yield return row;
            if (rows.Count < AtOnce) yield break;
        }
    }

    /// <summary>Sends a dead letter again, with all attempts before it. One whose outcome is unknown may then arrive twice: the page asks first.</summary>
    public Task SendAgainAsync(long id, CancellationToken ct = default) =>
        DecideAsync(OutboxAct.SendAgain, OutboxDecision.SentAgain, id, (message, now) => message.SendAgain(now), ct);

    /// <summary>Takes a dead letter off the list without sending it.</summary>
    public Task DiscardAsync(long id, CancellationToken ct = default) =>
        DecideAsync(OutboxAct.Discard, OutboxDecision.Discarded, id, (message, now) => message.Discard(now), ct);

    /// <summary>Sends a mail to the acting person at once. Refuses with what the mail server said when it was not taken.</summary>
    public async Task<string> TestAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOutbox();
        if (!mail.Value.IsOn) throw Rejected.Because<OutboxText>("MailIsOff");
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.FindMailReaderAsync(user.PersonId, ct) is not { Email: { } address } me) throw Rejected.Because<OutboxText>("NoOwnAddress");
        var outcome = await channel.SendTestAsync(me, ct);
        if (outcome.Result != SendResult.Sent) throw Rejected.Because<OutboxText>("MailTestFailed", outcome.Error);
        return address;
    }

    private async Task DecideAsync(OutboxAct act, OutboxDecision decision, long id, Action<OutboxMessage, DateTimeOffset> decide, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var step = await db.WriteAsync(async token =>
        {
            user.Actor.DemandOutbox();
            var message = await db.Outbox.FirstOrDefaultAsync(m => m.Id == id, token) ?? throw new NotFound();
            var recorded = await undo.RecordAsync(db, act.ToString(), [id], () =>
            {
                decide(message, time.Now);
                return Task.CompletedTask;
            }, token);
            db.Announce(new KeyChanged(OutboxRunner.Topic, id));
            return recorded;
        }, ct);
        log.Decided(decision, user.ActorOrNull?.PersonId, 1);
        undo.Offer(step);
    }

    /// <summary>
    /// Of private kinds nothing tells the recipient: neither their name, nor the server's words, which may have the address, nor the Message-ID,
    /// which a digest has in common with what else is in it.
    /// </summary>
    private IQueryable<Found> Filtered(LogisticsDb db, OutboxFilter filter)
    {
        var hidden = _private;
        var outbox = db.Outbox.AsNoTracking();
        outbox = filter.Reason is { } reason
            ? outbox.Where(m => (m.State == OutboxState.Dead || m.State == OutboxState.Dropped) && m.Reason == reason)
            : outbox.Where(m => m.State == OutboxState.Dead);
        var found =
            from message in outbox
            join p in db.Users on message.PersonId equals p.Id into people
            from person in people.DefaultIfEmpty()
            join r in db.GroupRobots on message.RobotId equals r.Id into robots
            from robot in robots.DefaultIfEmpty()
            let isPrivate = hidden.Contains(message.Kind)
            select new Found
            {
                Message = message,
                IsPrivate = isPrivate,
                Recipient = isPrivate ? null : person != null ? person.FullName : robot.Name,
                MessageId = isPrivate ? null : message.MessageId,
                LastError = isPrivate ? null : message.LastError,
            };
        if (filter.Text is not { } text) return found;
        var like = LikePattern.Containing(text);
        return found.Where(f => EF.Functions.Like(f.Message.Subject, like, LikePattern.Escape) || EF.Functions.Like(f.Message.About, like, LikePattern.Escape)
            || EF.Functions.Like(f.MessageId, like, LikePattern.Escape) || EF.Functions.Like(f.LastError, like, LikePattern.Escape)
            || EF.Functions.Like(f.Recipient, like, LikePattern.Escape));
    }

    private static IQueryable<Found> Sorted(IQueryable<Found> found, OutboxFilter filter) => ((filter.Sort, filter.Descending) switch
    {
        (OutboxSort.Recipient, false) => found.OrderBy(f => f.Recipient),
        (OutboxSort.Recipient, true) => found.OrderByDescending(f => f.Recipient),
        (OutboxSort.Reason, false) => found.OrderBy(f => f.Message.Reason),
        (OutboxSort.Reason, true) => found.OrderByDescending(f => f.Message.Reason),
        (OutboxSort.Attempts, false) => found.OrderBy(f => f.Message.Attempts),
        (OutboxSort.Attempts, true) => found.OrderByDescending(f => f.Message.Attempts),
        (_, false) => found.OrderBy(f => f.Message.EndedAt),
        (_, true) => found.OrderByDescending(f => f.Message.EndedAt),
    }).ThenByDescending(f => f.Message.Id);

    private async Task<List<OutboxRow>> RowsAsync(IQueryable<Found> found, CancellationToken ct) =>
        [.. (await found.ToListAsync(ct)).Select(f => new OutboxRow(
            f.Message.Id, f.Message.Channel, f.IsPrivate ? null : f.Message.PersonId, f.Recipient ?? "", KindOf(f.Message), f.Message.Subject,
            f.Message.About, f.Message.At, f.Message.EndedAt, f.Message.State, f.Message.Reason, f.Message.Attempts, f.LastError, f.MessageId))];

    private LocalName? KindOf(OutboxMessage message) => _kinds.GetValueOrDefault(message.Kind)?.TextFor(message.Detail);

    private sealed record Found
    {
        public required OutboxMessage Message { get; init; }
        public bool IsPrivate { get; init; }
        public string? Recipient { get; init; }
        public string? MessageId { get; init; }
        public string? LastError { get; init; }
    }
}
