using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Reads compared days and their lines, for the office.</summary>
public sealed class ReconciliationQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>A window of <see cref="DayFilter.PageSize"/> days, the newest first, and how many match.</summary>
    public async Task<DayWindow> DaysAsync(DayFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (days, open) = (db.StatementDays.AsNoTracking(), db.OpenLines());
        if (filter.Gateway is { } gateway) days = days.Where(d => d.Gateway == gateway);
        days = filter.Show switch
        {
            DayShow.Open => days.Where(d => open.Any(l => l.DayId == d.Id)),
            DayShow.NotFetched => days.Where(d => d.FetchedAt == null),
            DayShow.Settled => days.Where(d => d.FetchedAt != null && !open.Any(l => l.DayId == d.Id)),
            _ => days,
        };
        var page = days.OrderByDescending(d => d.Day).ThenBy(d => d.Gateway).Skip((filter.Page - 1) * DayFilter.PageSize).Take(DayFilter.PageSize);
        return new DayWindow(await RowsAsync(db, page, ct), await days.CountAsync(ct));
    }

    /// <exception cref="NotFound">There is no such day.</exception>
    public async Task<DayRow> DayAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await RowsAsync(db, db.StatementDays.AsNoTracking().Where(d => d.Id == id), ct)).SingleOrDefault() ?? throw new NotFound();
    }

    /// <summary>A window of <see cref="LineFilter.PageSize"/> lines of a day, open differences first, and how many match.</summary>
    public async Task<LineWindow> LinesAsync(long dayId, LineFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var lines = Filtered(db, dayId, filter);
        var page = Sorted(lines).Skip((filter.Page - 1) * LineFilter.PageSize).Take(LineFilter.PageSize);
        return new LineWindow(await Rows(db, page).ToListAsync(ct), await lines.CountAsync(ct));
    }

    /// <summary>All lines of a day; of all days those that are no match, when <paramref name="dayId"/> is null.</summary>
    public async IAsyncEnumerable<LineRow> AllAsync(long? dayId, LineFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var lines = Sorted(Filtered(db, dayId, filter));
        await foreach (var row in Rows(db, lines).AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    private static IQueryable<StatementLine> Filtered(LogisticsDb db, long? dayId, LineFilter filter)
    {
        var lines = filter.OnlyOpen ? db.OpenLines().AsNoTracking() : db.StatementLines.AsNoTracking();
        if (dayId is { } day) lines = lines.Where(l => l.DayId == day);
        else if (filter.State is null) lines = lines.Where(l => l.State != LineState.Matched);
        return filter.State is { } state ? lines.Where(l => l.State == state) : lines;
    }

    private static IOrderedQueryable<StatementLine> Sorted(IQueryable<StatementLine> lines) =>
        lines.OrderByDescending(l => l.State != LineState.Matched && l.Settlement == null).ThenByDescending(l => l.State).ThenBy(l => l.At).ThenBy(l => l.Id);

    private static IQueryable<LineRow> Rows(LogisticsDb db, IQueryable<StatementLine> lines)
    {
        var open = db.OpenLines();
        return
            from line in lines
            join a in db.PaymentAttempts on line.AttemptId equals a.Id into attempts
            from attempt in attempts.DefaultIfEmpty()
            join p in db.Users on line.SettledById equals p.Id into people
            from person in people.DefaultIfEmpty()
            select new LineRow(
                line.Id, line.Day.Gateway, line.Day.Day, line.Kind, line.TradeNumber, line.RequestNumber, line.RefundNumber,
                line.ThereFen == null ? null : new Money(line.ThereFen.Value), line.HereFen == null ? null : new Money(line.HereFen.Value), line.At,
                line.State, attempt == null ? null : attempt.Order.Number, attempt == null ? null : (long?)attempt.Order.AccountId, line.Settlement,
                line.SettledAt, person == null ? null : person.FullName, line.Note, line.RefundId, open.Any(o => o.Id == line.Id));
    }

    private static async Task<List<DayRow>> RowsAsync(LogisticsDb db, IQueryable<StatementDay> page, CancellationToken ct)
    {
        var found = await (
            from day in page
            join p in db.Users on day.FetchedById equals p.Id into people
            from person in people.DefaultIfEmpty()
            select new DayRow(
                day.Id, day.Gateway, day.Day, day.FetchedAt, day.Source, person == null ? null : person.FullName, day.Tries, day.NextTryAt, day.Problem))
            .ToListAsync(ct);
        if (found.Count == 0) return [];
        List<long> ids = [.. found.Select(d => d.Id)];
        List<DateOnly> days = [.. found.Select(d => d.Day).Distinct()];
        var sums = (await db.StatementLines.Where(l => ids.Contains(l.DayId)).GroupBy(l => new { l.DayId, l.State, l.Kind })
            .Select(g => new
            {
                g.Key.DayId,
                g.Key.State,
                g.Key.Kind,
                Count = g.Count(),
                There = g.Sum(l => l.ThereFen ?? 0),
                // What is on another statement is counted there.
                Here = g.Sum(l => l.State == LineState.MissingThere && l.Settlement == SettleWay.FoundSince ? 0 : l.HereFen ?? 0),
            })
            .ToListAsync(ct)).ToLookup(s => s.DayId);
        var open = await db.OpenLines().Where(l => ids.Contains(l.DayId)).GroupBy(l => l.DayId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (first, last) = (days.Min(), days.Max());
        var seals = await db.LedgerDays.Where(d => d.Day >= first && d.Day <= last).OrderBy(d => d.Day).Select(d => new { d.Day, d.Hash }).ToListAsync(ct);
        // A seal covers the days before it that have none.
        var next = await db.LedgerDays.Where(d => d.Day > last).OrderBy(d => d.Day).Select(d => new { d.Day, d.Hash }).FirstOrDefaultAsync(ct);
        if (next is not null) seals.Add(next);
        var moved = await (
            from transaction in db.LedgerTransactions
            // Bills have many entries and none of gateways.
            where days.Contains(transaction.Day) && transaction.Kind != TransactionKind.Bill && transaction.Kind != TransactionKind.BillCorrection
                && transaction.Kind != TransactionKind.MoveOut
            join entry in db.LedgerEntries on transaction.Id equals entry.TransactionId
            where entry.Account.Kind == LedgerAccountKind.Gateway
            group entry by new { transaction.Day, entry.Account.Key } into g
            select new { g.Key.Day, g.Key.Key, Fen = g.Sum(e => e.AmountFen) }).ToListAsync(ct);
        return
        [
            .. from d in found.OrderByDescending(d => d.Day).ThenBy(d => d.Gateway, StringComparer.Ordinal)
               let seal = seals.FirstOrDefault(s => s.Day >= d.Day)
               select d with
               {
                   Sums =
                   [
                       .. from sum in sums[d.Id]
                          group sum by sum.State into g
                          orderby g.Key
                          select new StateSum(
                              g.Key, g.Sum(s => s.Count), new Money(g.Sum(s => s.Kind == GatewayLineKind.Refund ? -s.There : s.There)),
                              new Money(g.Sum(s => s.Kind == GatewayLineKind.Refund ? -s.Here : s.Here))),
                   ],
                   Open = open.GetValueOrDefault(d.Id),
                   Seal = seal?.Hash,
                   SealDay = seal?.Day,
                   // The account of a gateway goes below zero with what it holds for the office.
                   Ledger = new Money(-moved.Where(m => m.Day == d.Day && m.Key == LedgerAccount.OfGateway(d.Gateway).Key).Sum(m => m.Fen)),
               },
        ];
    }
}
