using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>
/// Takes settled statements back: a manager or an administrator proposes it, the other of the two approves. What the statement booked is booked with the
/// opposite sign, and what it set aside and gave back stops counting, so that a new one can be made. Cash that was taken stays on the person's account, and
/// readings stay: they say what the meters showed. Refused when a bill has counted on the statement; that bill is right with it, and with it only.
/// </summary>
public sealed class MoveOutReversals(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, LedgerWriter ledger, ILogger<MoveOutReversals> log)
{
    private static readonly ReversalFormValidator Rules = new();
    private static readonly RefusalFormValidator RefusalRules = new();

    /// <summary>Proposes to take a statement back, and returns the id of the proposal.</summary>
    public Task<long> ProposeAsync(long statementId, ReversalForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return WriteAsync("proposed", async (db, me, token) =>
        {
            var statement = await db.MoveOutStatements.AsNoTracking().SingleOrDefaultAsync(s => s.Id == statementId, token) ?? throw new NotFound();
            await DemandReversibleAsync(db, statement, token);
            if (await db.MoveOutReversals.AnyAsync(r => r.StatementId == statementId && r.State == MoneyProposalState.Waiting, token))
                throw Rejected.Because<MoveOutText>("ReversalWaits");
            var reversal = new MoveOutReversal(statementId, form.Reason!, me, office.Now);
            db.MoveOutReversals.Add(reversal);
            await db.SaveChangesAsync(token);
            return reversal.Id;
        }, ct);
    }

    /// <summary>Approves what somebody else proposed: of the two one is a manager and the other an administrator.</summary>
    public Task ApproveAsync(long id, CancellationToken ct = default) => WriteAsync("approved", async (db, me, token) =>
    {
        var reversal = await FindAsync(db, id, token);
        if (reversal.ProposedById == me) throw new Forbidden();
        var roles = await MoneyService.RolesAsync(db, [reversal.ProposedById], token);
        if (!FeesAccess.AreTwo(user.Actor, reversal.ProposedById, [.. roles[reversal.ProposedById]]))
            throw Rejected.Because<PaymentsText>("NeedsOtherRole");
        reversal.Approve(me, office.Now);
        var statement = await db.MoveOutStatements.SingleAsync(s => s.Id == reversal.StatementId, token);
        await DemandReversibleAsync(db, statement, token);
        await ReverseAsync(db, statement, reversal, me, token);
        return id;
    }, ct);

    /// <summary>Refuses what somebody else proposed, with a reason.</summary>
    public Task RefuseAsync(long id, RefusalForm form, CancellationToken ct = default)
    {
        RefusalRules.Demand(form);
        return WriteAsync("refused", async (db, me, token) =>
        {
            var reversal = await FindAsync(db, id, token);
            if (reversal.ProposedById == me) throw new Forbidden();
            reversal.Refuse(me, office.Now, form.Because!);
            return id;
        }, ct);
    }

    /// <summary>Withdraws what one proposed oneself.</summary>
    public Task TakeBackAsync(long id, CancellationToken ct = default) => WriteAsync("withdrawn", async (db, me, token) =>
    {
        var reversal = await FindAsync(db, id, token);
        if (reversal.ProposedById != me) throw new Forbidden();
        reversal.TakeBack(me, office.Now);
        return id;
    }, ct);

    private async Task ReverseAsync(LogisticsDb db, MoveOutStatement statement, MoveOutReversal reversal, long me, CancellationToken ct)
    {
        var now = office.Now;
        statement.TakeBack(now);
        foreach (var share in await db.SettledShares.Where(s => s.Statement == statement.Number).ToListAsync(ct)) share.TakeBack(now);
        var backs = await db.GivenBacks.Where(b => b.Statement == statement.Number).ToListAsync(ct);
        foreach (var back in backs) back.TakeBack(now);
        // The index allows one statement of a stay: the new one comes after this.
        await db.SaveChangesAsync(ct);
        var (roomPart, charges) = (new Money(statement.RoomPartFen), new Money(statement.ChargesFen));
        var own = await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(statement.PersonId), ct);
        var room = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(statement.RoomId), ct);
        var aside = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.MoveOut), ct);
        List<(LedgerAccount Account, Money Amount)> lines =
            [(own, charges - roomPart - backs.Select(b => b.Amount).Sum()), (room, roomPart), (aside, Money.Zero - charges)];
        // With what corrections of the bills have changed since.
        foreach (var kind in backs.GroupBy(b => b.FeeKindId))
            lines.Add((await LedgerWriter.AccountAsync(db, LedgerAccount.OfRevenue(kind.Key), ct), kind.Select(b => b.Amount).Sum()));
        var said = CleanText.Summary($"{statement.Number} {reversal.Reason}", FeesLimits.Reason);
        await ledger.PostAsync(db, TransactionKind.MoveOut, $"moveout-reversal:{statement.Number}", lines, ct, said, me);
        // Nobody may pay out any more what the statement came to.
        if (await db.MoneyProposals.SingleOrDefaultAsync(p => p.Id == statement.ProposalId && p.State == MoneyProposalState.Waiting, ct) is { } refund)
            refund.Refuse(null, now, said);
        db.Inbox.Add(new InboxItem(
            statement.PersonId, MoveOutNotificationKind.Settled, statement.Number, MoveOutNotificationKind.TakenBack, now, statement.Number));
        db.Announce(new KeyChanged(InboxService.Topic, statement.PersonId));
    }

    private static async Task DemandReversibleAsync(LogisticsDb db, MoveOutStatement statement, CancellationToken ct)
    {
        if (statement.TakenBackAt is not null) throw Rejected.Because<MoveOutText>("AlreadyTakenBack");
        var shares = await db.SettledShares.AsNoTracking().Where(s => s.Statement == statement.Number).OrderBy(s => s.Id).ToListAsync(ct);
        // What was stored before the first bill was noted tells it by what was taken.
        if (shares.Find(s => s.CountedBy is not null || s.BilledFen != 0 || !string.IsNullOrEmpty(s.BillNumber)) is { } counted)
            throw Rejected.Because<MoveOutText>("BillCounted", counted.CountedBy ?? counted.BillNumber ?? "");
        if (await db.MoveOutStatements.AsNoTracking().Where(s => s.PersonId == statement.PersonId && s.Id > statement.Id && s.TakenBackAt == null)
                .Select(s => s.Number).FirstOrDefaultAsync(ct) is { } later)
        {
            throw Rejected.Because<MoveOutText>("LaterStatement", later);
        }
        // A new statement is made of the newest stay, and nobody could make it for a room that was left for another.
        var stays = db.Set<Occupancy>().AsNoTracking().Where(o => o.PersonId == statement.PersonId);
        if (await stays.AnyAsync(o => o.Id == statement.OccupancyId, ct)
            && await stays.AnyAsync(o => o.Id > statement.OccupancyId && o.RoomId != statement.RoomId, ct))
        {
            throw Rejected.Because<MoveOutText>("LivesElsewhere");
        }
    }

    private static async Task<MoveOutReversal> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.MoveOutReversals.SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, long, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            user.Actor.DemandBilling();
            db.Announce(new KeyChanged(FeesTopics.Payments, 0));
            return await work(db, user.PersonId, token);
        }, ct);
        log.ReversalChanged(what, id, user.ActorOrNull?.PersonId);
        return id;
    }
}
