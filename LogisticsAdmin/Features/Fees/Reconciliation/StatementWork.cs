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

    private const int MostOpen = 2_000, Chunk = 500;

    /// <summary>From then on yesterday's statement is asked for, and from noon on it is believed that there is none.</summary>
    private static readonly TimeOnly Morning = new(6, 0), Noon = new(12, 0);

    /// <summary>Fetches the statements that are due, of all gateways that are on.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var gateway in gateways.All)
            foreach (var day in await DueAsync(gateway.Name, ct)) await FetchAsync(gateway, day, null, ct);
    }

    /// <summary>Fetches the statement of a day and returns null, or the code of why it is not there.</summary>
    internal async Task<string?> FetchAsync(IPaymentGateway gateway, DateOnly day, CurrentUser? by, CancellationToken ct)
    {
        IReadOnlyList<GatewayLine> lines;
        try
        {
            var statement = await gateway.StatementAsync(day, ct);
            if (statement is null && office.Now < office.At(day.AddDays(1), Noon)) throw new GatewayFailure("BILL_NOT_EXIST");
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
    /// Stores the lines of a statement that are not there yet, compares them, finds what is on no statement, and looks at open differences again.
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
            Write(db, fresh, token);
            var missing = await MissingThereAsync(db, gateway, stored, token);
            Write(db, missing, token);
            await LookAgainAsync(db, gateway, token);
            var differences = missing.Count + fresh.Count(l => l.State != LineState.Matched);
            if (differences > 0) await TellAsync(db, stored, differences, token);
            db.Announce(new KeyChanged(FeesTopics.Reconciliation, stored.Id));
            return (lines.Count, differences);
        }, ct);
        log.Reconciled(gateway, day, count, found);
    }

    /// <summary>Settles an open difference by itself when it is one no more. To be called inside a write.</summary>
    internal static async Task<bool> LookAgainAsync(LogisticsDb db, StatementLine line, SettleWay way, long? by, DateTimeOffset now, CancellationToken ct)
    {
        var (attemptId, refundId) = (line.AttemptId, line.RefundId);
        var there = db.StatementLines.Where(l => l.State != LineState.MissingThere);
        var isSettled = line.State == LineState.MissingThere
            ? await (line.Kind == GatewayLineKind.Payment
                ? there.AnyAsync(l => l.AttemptId == attemptId && l.Kind == GatewayLineKind.Payment, ct)
                : there.AnyAsync(l => l.RefundId == refundId, ct))
            : line.MatchesNow(
                await db.PaymentAttempts.Include(a => a.Order).SingleOrDefaultAsync(a => a.Id == attemptId, ct),
                await db.PaymentRefunds.SingleOrDefaultAsync(r => r.Id == refundId, ct));
        if (isSettled) line.Settle(way, by, now);
        return isSettled;
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

    private async Task<List<StatementLine>> MissingThereAsync(LogisticsDb db, string gateway, StatementDay day, CancellationToken ct)
    {
        var (from, until, lines) = (office.At(day.Day, TimeOnly.MinValue), office.At(day.Day.AddDays(1), TimeOnly.MinValue), db.Set<StatementLine>());
        var payments = await db.PaymentAttempts.AsNoTracking().Include(a => a.Order)
            .Where(a => a.PaidAt >= from && a.PaidAt < until && a.Gateway == gateway && a.State == AttemptState.Paid
                && !lines.Any(l => l.AttemptId == a.Id && l.Kind == GatewayLineKind.Payment)).OrderBy(a => a.Id).ToListAsync(ct);
        var refunds = await db.PaymentRefunds.AsNoTracking().Include(r => r.Attempt)
            .Where(r => r.DoneAt >= from && r.DoneAt < until && r.Attempt.Gateway == gateway && r.State == RefundState.Done
                && !lines.Any(l => l.RefundId == r.Id)).OrderBy(r => r.Id).ToListAsync(ct);
        return [.. payments.Select(a => StatementLine.MissingPayment(day.Id, a)), .. refunds.Select(r => StatementLine.MissingRefund(day.Id, r))];
    }

    private static void Write(LogisticsDb db, List<StatementLine> lines, CancellationToken ct)
    {
        if (lines.Count == 0) return;
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(lines, ct);
    }

    private async Task LookAgainAsync(LogisticsDb db, string gateway, CancellationToken ct)
    {
        var open = await db.OpenLines().Where(l => l.Day.Gateway == gateway).OrderByDescending(l => l.Id).Take(MostOpen).ToListAsync(ct);
        foreach (var line in open) await LookAgainAsync(db, line, SettleWay.FoundSince, null, office.Now, ct);
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
