using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>
/// Fetches statements and compares them with what is booked. Payments and refunds are found by their request numbers, whatever day they are booked on: what
/// was heard of after midnight is on the statement of the day before.
/// </summary>
public sealed class StatementWork(IDbContextFactory<LogisticsDb> databases, PaymentGateways gateways, OfficeTime office, ILogger<StatementWork> log)
{
    /// <summary>How far back statements are fetched that are not there.</summary>
    public const int MostDays = 30;

    private const int Chunk = 500;

    /// <summary>
    /// From then on yesterday's statement is asked for, and from noon on it is believed that there is none, when nothing is booked that should be on it.
    /// </summary>
    private static readonly TimeOnly Morning = new(6, 0), Noon = new(12, 0);

    private static readonly LocalName OnStatement = LocalName.Of<ReconciliationText>("OnStatement");

    /// <summary>Fetches the statements that are due, of all gateways that are on.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var gateway in gateways.All)
        {
            var isAnyFetched = false;
            foreach (var day in await DueAsync(gateway.Name, ct)) isAnyFetched |= await FetchAsync(gateway, day, null, ct) is null;
            if (isAnyFetched) await LookAgainAsync(gateway.Name, ct);
        }
    }

    /// <summary>Fetches the statement of a day and returns null, or the code of why it is not there.</summary>
    internal async Task<string?> FetchAsync(IPaymentGateway gateway, DateOnly day, CurrentUser? by, CancellationToken ct)
    {
        IReadOnlyList<GatewayLine> lines;
        try
        {
            var statement = await gateway.StatementAsync(day, ct);
            if (statement is null && (office.Now < office.At(day.AddDays(1), Noon) || await IsBookedAsync(gateway.Name, day, ct)))
                throw new GatewayFailure("BILL_NOT_EXIST");
            lines = statement ?? [];
        }
        catch (Exception e) when (PaymentRunner.IsNoAnswer(e, ct))
        {
            var problem = PaymentRunner.ProblemOf(e);
            log.NoStatement(gateway.Name, day, problem);
            await using var db = await databases.CreateDbContextAsync(ct);
            await db.WriteAsync(async token =>
            {
                (await DayAsync(db, gateway.Name, day, token)).Fail(problem, office.Now);
                db.Announce(new KeyChanged(FeesTopics.Reconciliation, 0));
            }, ct);
            return problem;
        }
        await StoreAsync(gateway.Name, day, lines, StatementSource.Gateway, by, ct);
        return null;
    }

    /// <summary>
    /// Stores the lines of a statement that are not there yet, compares them, and finds what is on no statement.
    /// <paramref name="by"/>: the person whose rights are asked for inside the write.
    /// </summary>
    internal async Task StoreAsync(
        string gateway, DateOnly day, IReadOnlyList<GatewayLine> lines, StatementSource source, CurrentUser? by, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (count, found) = await db.WriteAsync(async token =>
        {
            by?.Actor.DemandSettling();
            var stored = await DayAsync(db, gateway, day, token);
            stored.Fetch(source, by?.PersonId, office.Now);
            await db.SaveChangesAsync(token);
            var known = (await db.StatementLines.Where(l => l.DayId == stored.Id).Select(l => new { l.Kind, l.Key }).ToListAsync(token))
                .Select(l => (l.Kind, l.Key)).ToHashSet();
            List<StatementLine> fresh = [.. lines.Where(l => known.Add((l.Kind, StatementLine.KeyOf(l)))).Select(l => new StatementLine(stored.Id, l))];
            await CompareAsync(db, gateway, fresh, token);
            await FindCorrectedAsync(db, fresh, token);
            Write(db, fresh, token);
            var missing = await MissingThereAsync(db, gateway, stored, token);
            Write(db, missing, token);
            var differences = missing.Count + fresh.Count(l => l.State != LineState.Matched);
            if (differences > 0) await TellAsync(db, stored, differences, token);
            db.Announce(new KeyChanged(FeesTopics.Reconciliation, stored.Id));
            return (lines.Count, differences);
        }, ct);
        log.Reconciled(gateway, day, count, found);
    }

    /// <summary>Settles open differences of a gateway that are none any more: they were booked meanwhile, or are on another statement.</summary>
    internal async Task LookAgainAsync(string gateway, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            // Payments of other applications will never be known here.
            var open = db.OpenLines().Where(l => l.Day.Gateway == gateway && l.AttemptId != null);
            for (List<StatementLine> some = []; ;)
            {
                var after = some is [.., { Id: var last }] ? last : 0;
                some = await open.Where(l => l.Id > after).OrderBy(l => l.Id).Take(Chunk).ToListAsync(token);
                if (some.Count == 0) return;
                foreach (var line in await FoundAsync(db, some, token))
                {
                    line.Settle(SettleWay.FoundSince, null, office.Now);
                    db.Announce(new KeyChanged(FeesTopics.Reconciliation, line.DayId));
                }
            }
        }, ct);
    }

    /// <summary>Settles an open difference by itself when it is one no more. To be called inside a write.</summary>
    internal static async Task<bool> LookAgainAsync(LogisticsDb db, StatementLine line, SettleWay way, long? by, DateTimeOffset now, CancellationToken ct)
    {
        var isSettled = (await FoundAsync(db, [line], ct)).Count > 0;
        if (isSettled) line.Settle(way, by, now);
        return isSettled;
    }

    /// <summary>Those of at most <see cref="Chunk"/> open differences that are none any more.</summary>
    private static async Task<List<StatementLine>> FoundAsync(LogisticsDb db, IReadOnlyList<StatementLine> open, CancellationToken ct)
    {
        List<long> attemptIds = [.. open.Select(l => l.AttemptId).OfType<long>().Distinct()];
        List<long> refundIds = [.. open.Select(l => l.RefundId).OfType<long>().Distinct()];
        var there = db.StatementLines.Where(l => l.State != LineState.MissingThere);
        var paid = (await there.Where(l => l.Kind == GatewayLineKind.Payment && attemptIds.Contains(l.AttemptId!.Value))
            .Select(l => l.AttemptId!.Value).ToListAsync(ct)).ToHashSet();
        var refunded = (await there.Where(l => refundIds.Contains(l.RefundId!.Value)).Select(l => l.RefundId!.Value).ToListAsync(ct)).ToHashSet();
        var attempts = await db.PaymentAttempts.AsNoTracking().Include(a => a.Order).Where(a => attemptIds.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, ct);
        var refunds = await db.PaymentRefunds.AsNoTracking().Where(r => refundIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        return [.. open.Where(IsFound)];

        bool IsFound(StatementLine line)
        {
            var (attemptId, refundId) = (line.AttemptId ?? 0, line.RefundId ?? 0);
            if (line.State != LineState.MissingThere) return line.MatchesNow(attempts.GetValueOrDefault(attemptId), refunds.GetValueOrDefault(refundId));
            return line.Kind == GatewayLineKind.Payment ? paid.Contains(attemptId) : refunded.Contains(refundId);
        }
    }

    private async Task<List<DateOnly>> DueAsync(string gateway, CancellationToken ct)
    {
        var now = office.Now;
        await using var db = await databases.CreateDbContextAsync(ct);
        var since = await db.PaymentAttempts.Where(a => a.Gateway == gateway && a.PaidAt != null).OrderBy(a => a.PaidAt).Select(a => a.PaidAt)
            .FirstOrDefaultAsync(ct);
        if (since is null) return [];
        var last = office.Today.AddDays(now >= office.At(office.Today, Morning) ? -1 : -2);
        var first = office.Today.AddDays(-MostDays);
        if (office.DayOf(since.Value) > first) first = office.DayOf(since.Value);
        var known = await db.StatementDays.AsNoTracking().Where(d => d.Gateway == gateway && d.Day >= first).ToDictionaryAsync(d => d.Day, ct);
        List<DateOnly> due = [];
        for (var day = first; day <= last; day = day.AddDays(1))
            if (!known.TryGetValue(day, out var there) || (there.FetchedAt is null && (there.NextTryAt is null || there.NextTryAt <= now))) due.Add(day);
        return due;
    }

    private static async Task<StatementDay> DayAsync(LogisticsDb db, string gateway, DateOnly day, CancellationToken ct)
    {
        var stored = await db.StatementDays.SingleOrDefaultAsync(d => d.Gateway == gateway && d.Day == day, ct);
        if (stored is null) db.StatementDays.Add(stored = new StatementDay(gateway, day));
        return stored;
    }

    private static async Task CompareAsync(LogisticsDb db, string gateway, List<StatementLine> lines, CancellationToken ct)
    {
        Dictionary<string, PaymentAttempt> attempts = [];
        Dictionary<string, PaymentRefund> refunds = [];
        foreach (var some in lines.Select(l => l.RequestNumber).Distinct().Chunk(Chunk))
        {
            var found = db.PaymentAttempts.AsNoTracking().Include(a => a.Order).Where(a => a.Gateway == gateway && some.Contains(a.RequestNumber));
            foreach (var attempt in await found.ToListAsync(ct)) attempts[attempt.RequestNumber] = attempt;
        }
        foreach (var some in lines.Select(l => l.RefundNumber).OfType<string>().Distinct().Chunk(Chunk))
        {
            var found = db.PaymentRefunds.AsNoTracking().Where(r => r.Attempt.Gateway == gateway && some.Contains(r.RequestNumber));
            foreach (var refund in await found.ToListAsync(ct)) refunds[refund.RequestNumber] = refund;
        }
        foreach (var line in lines)
            line.Compare(attempts.GetValueOrDefault(line.RequestNumber), line.RefundNumber is { } number ? refunds.GetValueOrDefault(number) : null);
    }

    /// <summary>
    /// Lines whose payment or refund was on no statement until now, and was corrected therefore: a correction that waits is refused, so that the earlier
    /// difference settles itself; after one that was approved, the line is a difference itself.
    /// </summary>
    private async Task FindCorrectedAsync(LogisticsDb db, List<StatementLine> fresh, CancellationToken ct)
    {
        var lines = db.StatementLines.AsNoTracking().Where(l => l.State == LineState.MissingThere && l.Settlement == SettleWay.Corrected);
        List<StatementLine> corrected = [];
        foreach (var some in fresh.Where(l => l.Kind == GatewayLineKind.Payment).Select(l => l.AttemptId).OfType<long>().Distinct().Chunk(Chunk))
            corrected.AddRange(await lines.Where(l => l.Kind == GatewayLineKind.Payment && some.Contains(l.AttemptId!.Value)).ToListAsync(ct));
        foreach (var some in fresh.Select(l => l.RefundId).OfType<long>().Distinct().Chunk(Chunk))
            corrected.AddRange(await lines.Where(l => some.Contains(l.RefundId!.Value)).ToListAsync(ct));
        foreach (var earlier in corrected)
        {
            var proposal = await db.MoneyProposals.SingleAsync(p => p.Id == earlier.ProposalId, ct);
            if (proposal.State == MoneyProposalState.Waiting)
            {
                proposal.Refuse(null, office.Now, OnStatement.ToString());
                db.Announce(new KeyChanged(FeesTopics.Payments, 0));
            }
            else if (proposal.State == MoneyProposalState.Approved)
            {
                var same = fresh.Where(l => l.Kind == earlier.Kind && l.AttemptId == earlier.AttemptId && l.RefundId == earlier.RefundId);
                foreach (var line in same) line.ReturnAfterCorrection();
            }
        }
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<StatementLine>> MissingThereAsync(LogisticsDb db, string gateway, StatementDay day, CancellationToken ct)
    {
        var payments = await PaidWithoutLine(db, gateway, day.Day).AsNoTracking().Include(a => a.Order).OrderBy(a => a.Id).ToListAsync(ct);
        var refunds = await RefundedWithoutLine(db, gateway, day.Day).AsNoTracking().Include(r => r.Attempt).OrderBy(r => r.Id).ToListAsync(ct);
        return [.. payments.Select(a => StatementLine.MissingPayment(day.Id, a)), .. refunds.Select(r => StatementLine.MissingRefund(day.Id, r))];
    }

    /// <summary>Whether something is booked on a day that is on no statement yet.</summary>
    private async Task<bool> IsBookedAsync(string gateway, DateOnly day, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PaidWithoutLine(db, gateway, day).AnyAsync(ct) || await RefundedWithoutLine(db, gateway, day).AnyAsync(ct);
    }

    private IQueryable<PaymentAttempt> PaidWithoutLine(LogisticsDb db, string gateway, DateOnly day)
    {
        var (from, until, lines) = (office.At(day, TimeOnly.MinValue), office.At(day.AddDays(1), TimeOnly.MinValue), db.Set<StatementLine>());
        return db.PaymentAttempts.Where(a => a.PaidAt >= from && a.PaidAt < until && a.Gateway == gateway && a.State == AttemptState.Paid
            && !lines.Any(l => l.AttemptId == a.Id && l.Kind == GatewayLineKind.Payment));
    }

    private IQueryable<PaymentRefund> RefundedWithoutLine(LogisticsDb db, string gateway, DateOnly day)
    {
        var (from, until, lines) = (office.At(day, TimeOnly.MinValue), office.At(day.AddDays(1), TimeOnly.MinValue), db.Set<StatementLine>());
        return db.PaymentRefunds.Where(r => r.DoneAt >= from && r.DoneAt < until && r.Attempt.Gateway == gateway && r.State == RefundState.Done
            && !lines.Any(l => l.RefundId == r.Id));
    }

    private static void Write(LogisticsDb db, List<StatementLine> lines, CancellationToken ct)
    {
        if (lines.Count == 0) return;
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(lines, ct);
    }

    private async Task TellAsync(LogisticsDb db, StatementDay day, int differences, CancellationToken ct)
    {
        var roles = db.Set<IdentityUserRole<long>>();
        var managers = await db.Users.Living()
            .Where(p => p.Status != PersonStatus.Disabled && roles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Manager))
            .Select(p => p.Id).ToListAsync(ct);
        foreach (var manager in managers)
        {
            db.Inbox.Add(new InboxItem(
                manager, ReconciliationNotificationKind.Differences, day.Id.ToString(CultureInfo.InvariantCulture),
                FormattableString.Invariant($"{day.Day:yyyy-MM-dd} {differences}"), office.Now,
                FormattableString.Invariant($"{day.Day:yyyy-MM-dd}")));
            db.Announce(new KeyChanged(InboxService.Topic, manager));
        }
    }
}
