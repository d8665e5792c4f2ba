using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// What the office does with accounts. The whole office takes cash. Refunds, corrections and transfers are proposed by managers or administrators
/// and posted when another one of them approves; nobody approves what they proposed. Of the two people of a correction one is a manager and the other an
/// administrator. Residents are refused as if there were no account.
/// </summary>
public sealed class MoneyService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, LedgerWriter ledger, PaymentWriter writer, PaymentCredits credits,
    PaymentGateways gateways, OfficeTime office, ILogger<MoneyService> log)
{
    /// <summary>A refund that was asked for as often may be paid out at the counter.</summary>
    internal const int ManyTries = 5;

    private const int MostTroubles = 50;

    private static readonly MoneyProposalFormValidator ProposalRules = new();
    private static readonly RefusalFormValidator RefusalRules = new();

    /// <summary>Takes cash into the account of a person or room. A form sent twice is taken once, with one receipt.</summary>
    public async Task<CashReceipt> TakeCashAsync(CashForm form, CancellationToken ct = default)
    {
        var amount = TypedAmount.Parse(form.Amount, nameof(CashForm.Amount));
        await using var db = await databases.CreateDbContextAsync(ct);
        var (receipt, id) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            var me = user.PersonId;
            if (form.Key is { } key && await db.PaymentOrders.AsNoTracking().FirstOrDefaultAsync(o => o.Key == key && o.CreatedById == me, token) is { } made)
                return (await ReceiptAsync(made), made.Id);
            var account = form.AccountId is { } shown ? await ResidentsAsync(db, shown, token)
                : await AccountOfAsync(db, form.Whose, nameof(CashForm.Whose), token);
            var order = await writer.TakeCashAsync(db, account, amount, me, form.Key, token);
            return (await ReceiptAsync(order), order.Id);

            async Task<CashReceipt> ReceiptAsync(PaymentOrder paid) =>
                new(paid.ReceiptNumber!, await NameOfAsync(db, paid.AccountId, token));
        }, ct);
        log.MoneyChanged("Cash of order", id, user.ActorOrNull?.PersonId);
        return receipt;
    }

    /// <summary>Proposes a refund, correction or transfer of an account of a room or person.</summary>
    public async Task<long> ProposeAsync(long accountId, MoneyProposalForm form, CancellationToken ct = default)
    {
        ProposalRules.Demand(form);
        var amount = TypedAmount.Parse(form.Amount, nameof(MoneyProposalForm.Amount), signed: form.Kind == MoneyProposalKind.Correction);
        return await WriteAsync("Proposal", async (db, me, token) =>
        {
            var account = await ResidentsAsync(db, accountId, token);
            var proposal = new MoneyProposal(form.Kind, account.Id, amount, form.Reason!, me, office.Now);
            if (form.Kind == MoneyProposalKind.Transfer)
            {
                var other = await AccountOfAsync(db, form.To, nameof(MoneyProposalForm.To), token);
                if (other == account) throw Rejected.At<PaymentsText>(nameof(MoneyProposalForm.To), "SameAccount");
                // A new account needs its id.
                await db.SaveChangesAsync(token);
                proposal.TransferTo(other);
            }
            if (form is { Kind: MoneyProposalKind.Correction, FeeKindId: { } feeKind })
            {
                if (!await db.FeeKinds.AnyAsync(k => k.Id == feeKind, token)) throw new NotFound();
                proposal.Correct(feeKind);
            }
            if (form is { Kind: MoneyProposalKind.Refund, AttemptId: { } attempt }) proposal.About(attempt);
            await DemandCoveredAsync(db, proposal, account, token);
            db.MoneyProposals.Add(proposal);
            await db.SaveChangesAsync(token);
            return proposal.Id;
        }, ct);
    }

    /// <summary>
    /// Proposes inside the caller's write that an account gets what a gateway took for a payment more than was booked; below zero it loses. The other side
    /// is the gateway's account.
    /// </summary>
    internal async Task<long> ProposeDifferenceAsync(LogisticsDb db, long attemptId, Money amount, string reason, CancellationToken ct)
    {
        user.Actor.DemandFees();
        user.Actor.DemandBilling();
        var account = await db.PaymentAttempts.Where(a => a.Id == attemptId).Select(a => a.Order.AccountId).SingleAsync(ct);
        var proposal = new MoneyProposal(MoneyProposalKind.Correction, account, amount, reason, user.PersonId, office.Now);
        proposal.About(attemptId);
        db.MoneyProposals.Add(proposal);
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(FeesTopics.Payments, 0));
        return proposal.Id;
    }

    /// <summary>Approves a proposal of somebody else and posts it.</summary>
    public Task ApproveAsync(long id, CancellationToken ct = default) => WriteAsync("Approval", async (db, me, token) =>
    {
        var proposal = await db.MoneyProposals.SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new NotFound();
        if (proposal.ProposedById == me) throw new Forbidden();
        if (!MayApprove(user.Actor, proposal, await RolesAsync(db, [proposal.ProposedById], token))) throw Rejected.Because<PaymentsText>("NeedsOtherRole");
        proposal.Approve(me, office.Now);
        var account = await db.LedgerAccounts.SingleAsync(a => a.Id == proposal.AccountId, token);
        await DemandCoveredAsync(db, proposal, account, token);
        await PostAsync(db, proposal, account, me, token);
        return id;
    }, ct);

    /// <summary>Refuses a proposal of somebody else, with a reason.</summary>
    public Task RefuseAsync(long id, RefusalForm form, CancellationToken ct = default)
    {
        RefusalRules.Demand(form);
        return WriteAsync("Refusal", async (db, me, token) =>
        {
            var proposal = await db.MoneyProposals.SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new NotFound();
            if (proposal.ProposedById == me) throw new Forbidden();
            proposal.Refuse(me, office.Now, form.Because!);
            return id;
        }, ct);
    }

    /// <summary>Takes back an own proposal.</summary>
    public Task TakeBackAsync(long id, CancellationToken ct = default) => WriteAsync("Withdrawal", async (db, me, token) =>
    {
        var proposal = await db.MoneyProposals.SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new NotFound();
        if (proposal.ProposedById != me) throw new Forbidden();
        proposal.TakeBack(me, office.Now);
        return id;
    }, ct);

    /// <summary>The proposals that wait for a second person, of one account or all; the oldest first.</summary>
    public async Task<IReadOnlyList<ProposalRow>> WaitingAsync(long? accountId = null, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        var (me, actor) = (user.PersonId, user.Actor);
        await using var db = await databases.CreateDbContextAsync(ct);
        var names = Names(db);
        var found = await (
            from p in db.MoneyProposals.AsNoTracking()
            where p.State == MoneyProposalState.Waiting && (accountId == null || p.AccountId == accountId || p.ToAccountId == accountId)
            join account in names on p.AccountId equals account.Id
            join t in names on p.ToAccountId equals t.Id into others
            from other in others.DefaultIfEmpty()
            join k in db.FeeKinds on p.FeeKindId equals k.Id into kinds
            from kind in kinds.DefaultIfEmpty()
            join a in db.PaymentAttempts on p.AttemptId equals a.Id into attempts
            from attempt in attempts.DefaultIfEmpty()
            join person in db.Users on p.ProposedById equals person.Id
            orderby p.Id
            select new
            {
                Proposal = p,
                Account = account.Name,
                To = other == null ? null : other.Name,
                Kind = kind == null ? null : new LocalName(kind.Name, kind.NameEn),
                Payment = attempt == null ? null : attempt.Order.Number,
                By = person.FullName,
            }).ToListAsync(ct);
        var roles = await RolesAsync(db, [.. found.Select(f => f.Proposal.ProposedById).Distinct()], ct);
        return
        [
            .. found.Select(f => new ProposalRow(
                f.Proposal.Id, f.Proposal.Kind, f.Proposal.AccountId, f.Account, f.Proposal.Amount, f.To, f.Kind?.ToString(), f.Payment, f.Proposal.Reason,
                f.By, f.Proposal.ProposedAt, actor.IsManagement && f.Proposal.ProposedById != me, MayApprove(actor, f.Proposal, roles),
                f.Proposal.ProposedById == me)),
        ];
    }

    /// <summary>What gateways do not refund, payments that fit no order and messages that could not be applied, the newest of each first.</summary>
    public async Task<IReadOnlyList<MoneyTrouble>> TroublesAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        user.Actor.DemandBilling();
        await using var db = await databases.CreateDbContextAsync(ct);
        var names = gateways.All.Select(g => g.Name).ToList();
        var refunds = await db.PaymentRefunds.AsNoTracking()
            .Where(r => r.NextTryAt != null && (r.Tries >= ManyTries || !names.Contains(r.Attempt.Gateway))).OrderByDescending(r => r.Id).Take(MostTroubles)
            .Select(r => new MoneyTrouble(
                MoneyTroubleKind.NotRefunded, r.At, r.Attempt.Gateway, r.RequestNumber, new Money(r.AmountFen), r.Attempt.Order.Number,
                r.Attempt.Order.AccountId, r.Problem, r.Id)).ToListAsync(ct);
        List<MoneyTrouble> unfit = [];
        var (attempts, proposals) = (db.PaymentAttempts, db.MoneyProposals);
        foreach (var outcome in new[] { NoticeOutcome.UnknownOrder, NoticeOutcome.AmountDiffers })
        {
            // What two people have corrected is credited already.
            unfit.AddRange(await TroublesAsync(db, db.PaymentNotifications.Where(n => n.Outcome == outcome && n.Status == TradeStatus.Paid
                && !attempts.Any(a => a.RequestNumber == n.RequestNumber && a.Gateway == n.Gateway && proposals.Any(p =>
                    p.AttemptId == a.Id && p.Kind == MoneyProposalKind.Correction && p.State == MoneyProposalState.Approved))), ct));
        }
        var since = office.Now.AddHours(-1);
        var waiting = await TroublesAsync(db, db.PaymentNotifications.Where(n => n.Outcome == NoticeOutcome.Waiting && n.ReceivedAt <= since), ct);
        return [.. refunds, .. unfit, .. waiting];
    }

    /// <summary>The payments into an account of which a part can still be refunded, the newest first.</summary>
    public async Task<IReadOnlyList<RefundablePayment>> RefundableAsync(long accountId, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var refunds = db.PaymentRefunds;
        var paid = await db.PaymentAttempts.AsNoTracking().Where(a => a.Order.AccountId == accountId && a.State == AttemptState.Paid)
            .OrderByDescending(a => a.Id).Take(100)
            .Select(a => new
            {
                a.Id,
                a.Order.Number,
                a.Gateway,
                a.PaidAt,
                Left = a.Order.AmountFen - refunds.Where(r => r.AttemptId == a.Id).Sum(r => r.AmountFen),
            })
            .ToListAsync(ct);
        return
        [
            .. paid.Where(a => a.Left > 0)
                .Select(a => new RefundablePayment(a.Id, a.Number, gateways.LabelOf(a.Gateway).ToString(), a.PaidAt!.Value, new Money(a.Left))),
        ];
    }

    /// <summary>The kinds of fees that a correction may be about.</summary>
    public async Task<IReadOnlyList<FeeKindChoice>> KindsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FeeKinds.AsNoTracking().OrderBy(k => k.Order).Select(k => new FeeKindChoice(k.Id, new LocalName(k.Name, k.NameEn))).ToListAsync(ct);
    }

    /// <summary>A correction makes money out of nothing, and takes two people of different roles, as an earlier rate does.</summary>
    private static bool MayApprove(Actor actor, MoneyProposal proposal, ILookup<long, Role> roles) =>
        actor.IsManagement && proposal.ProposedById != actor.PersonId
        && (proposal.Kind != MoneyProposalKind.Correction || FeesAccess.AreTwo(actor, proposal.ProposedById, [.. roles[proposal.ProposedById]]));

    internal static async Task<ILookup<long, Role>> RolesAsync(LogisticsDb db, IReadOnlyList<long> people, CancellationToken ct)
    {
        List<(long Person, Role Role)> found = [];
        foreach (var some in people.Chunk(500))
        {
            var roles = from role in db.UserRoles
                        join person in db.Users on role.UserId equals person.Id
                        where some.Contains(person.Id) && person.RetiredAt == null
                        select new { person.Id, role.RoleId };
            found.AddRange((await roles.ToListAsync(ct)).Select(r => (r.Id, (Role)r.RoleId)));
        }
        return found.ToLookup(f => f.Person, f => f.Role);
    }

    private async Task PostAsync(LogisticsDb db, MoneyProposal proposal, LedgerAccount account, long me, CancellationToken ct)
    {
        var (amount, back) = (proposal.Amount, Money.Zero - proposal.Amount);
        switch (proposal.Kind)
        {
            case MoneyProposalKind.Refund when proposal.AttemptId is { } attemptId:
                var attempt = await db.PaymentAttempts.SingleAsync(a => a.Id == attemptId, ct);
                await writer.RefundAsync(db, attempt, account, amount, Reference("refund"), proposal.Id, proposal.Reason, me, ct);
                break;
            case MoneyProposalKind.Refund:
                var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), ct);
                await ledger.PostAsync(db, TransactionKind.Refund, Reference("refund"), [(account, back), (cash, amount)], ct, proposal.Reason, me);
                break;
            case MoneyProposalKind.Correction:
                var counter = await LedgerWriter.AccountAsync(db, await CounterOfAsync(db, proposal, ct), ct);
                await ledger.PostAsync(db, TransactionKind.Correction, Reference("correction"), [(account, amount), (counter, back)], ct, proposal.Reason, me);
                break;
            default:
                var other = await db.LedgerAccounts.SingleAsync(a => a.Id == proposal.ToAccountId, ct);
                await ledger.PostAsync(db, TransactionKind.Transfer, Reference("transfer"), [(account, back), (other, amount)], ct, proposal.Reason, me);
                break;
        }

        string Reference(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}:{proposal.Id}");
    }

    private static async Task<LedgerAccount> CounterOfAsync(LogisticsDb db, MoneyProposal proposal, CancellationToken ct) =>
        proposal.AttemptId is { } id ? LedgerAccount.OfGateway(await db.PaymentAttempts.Where(a => a.Id == id).Select(a => a.Gateway).SingleAsync(ct))
            : proposal.FeeKindId is { } kind ? LedgerAccount.OfRevenue(kind) : LedgerAccount.OfOffice(LedgerAccountKind.Subsidy);

    /// <summary>Nothing is refunded or transferred that is not there, and no more of a payment than was paid.</summary>
    private static async Task DemandCoveredAsync(LogisticsDb db, MoneyProposal proposal, LedgerAccount account, CancellationToken ct)
    {
        if (proposal.Kind == MoneyProposalKind.Correction) return;
        if (proposal.AmountFen > account.BalanceFen)
            throw Rejected.At<PaymentsText>(nameof(MoneyProposalForm.Amount), "BalanceTooLow", new Money(account.BalanceFen));
        if (proposal.AttemptId is not { } id) return;
        var paid = await db.PaymentAttempts.Where(a => a.Id == id && a.State == AttemptState.Paid && a.Order.AccountId == account.Id)
            .Select(a => (long?)a.Order.AmountFen).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var left = paid - await db.PaymentRefunds.Where(r => r.AttemptId == id).SumAsync(r => r.AmountFen, ct);
        if (proposal.AmountFen > left) throw Rejected.At<PaymentsText>(nameof(MoneyProposalForm.Amount), "PaymentTooLow", new Money(left));
    }

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
        log.MoneyChanged(what, id, user.ActorOrNull?.PersonId);
        return id;
    }

    private async Task<List<MoneyTrouble>> TroublesAsync(LogisticsDb db, IQueryable<PaymentNotification> messages, CancellationToken ct)
    {
        var found = await (
            from message in messages.AsNoTracking().OrderByDescending(n => n.Id).Take(MostTroubles)
            join a in db.PaymentAttempts on message.RequestNumber equals a.RequestNumber into attempts
            from attempt in attempts.DefaultIfEmpty()
            orderby message.Id descending
            select new
            {
                message.Id,
                message.Outcome,
                message.IsAnswer,
                message.Raw,
                message.ReceivedAt,
                message.Gateway,
                message.RequestNumber,
                Order = attempt == null ? null : attempt.Order.Number,
                AccountId = attempt == null ? null : (long?)attempt.Order.AccountId,
            }).ToListAsync(ct);
        return
        [
            .. found.Select(f => new MoneyTrouble(
                f.Outcome switch
                {
                    NoticeOutcome.AmountDiffers => MoneyTroubleKind.AmountDiffers,
                    NoticeOutcome.UnknownOrder => MoneyTroubleKind.UnknownOrder,
                    _ => MoneyTroubleKind.NotApplied,
                },
                f.ReceivedAt, f.Gateway, f.RequestNumber,
                f is { Outcome: NoticeOutcome.UnknownOrder, IsAnswer: false } ? credits.AmountOf(f.Gateway, f.Raw) : null, f.Order, f.AccountId, null, null,
                f.Outcome == NoticeOutcome.UnknownOrder ? f.Id : null)),
        ];
    }

    /// <summary>An account of a room or person, also of one that retired.</summary>
    private static async Task<LedgerAccount> ResidentsAsync(LogisticsDb db, long id, CancellationToken ct) => await db.LedgerAccounts.SingleOrDefaultAsync(
        a => a.Id == id && (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person), ct) ?? throw new NotFound();

    /// <summary>Whose an account is.</summary>
    internal static Task<string> NameOfAsync(LogisticsDb db, long accountId, CancellationToken ct) =>
        Names(db).Where(a => a.Id == accountId).Select(a => a.Name).SingleAsync(ct);

    /// <summary>
    /// The account of whom somebody typed: the number of a person, building and room as they are called, or the name of a person who is the only one
    /// of that name.
    /// </summary>
    internal static async Task<LedgerAccount> AccountOfAsync(LogisticsDb db, string? typed, string field, CancellationToken ct)
    {
        var clean = CleanText.Clean(typed);
        if (clean.Length == 0) throw Rejected.At<PaymentsText>(field, "WhoseMissing");
        var people = await db.Users.AsNoTracking().Where(p => p.Number == clean && p.RetiredAt == null).Select(p => p.Id).Take(2).ToListAsync(ct);
        if (people is [var person]) return await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(person), ct);
        var rooms = await db.NamedRoomsAsync(clean, ct);
        if (rooms is [{ IsRetired: false } room]) return await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(room.Id), ct);
        if (rooms.Count > 1) throw Rejected.At<PaymentsText>(field, "WhoseSeveral");
        var named = await db.Users.AsNoTracking().Where(p => p.FullName == clean && p.RetiredAt == null).Select(p => p.Id).Take(2).ToListAsync(ct);
        if (named is [var only]) return await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(only), ct);
        if (named.Count > 1) throw Rejected.At<PaymentsText>(field, "NameSeveral");
        // A building alone is not unknown.
        throw Rejected.At<PaymentsText>(field, (await db.FindBuildingsAsync(clean, 1, ct)).Count > 0 ? "WhoseSeveral" : "WhoseUnknown");
    }

    private static IQueryable<AccountName> Names(LogisticsDb db) =>
        from account in db.LedgerAccounts.AsNoTracking()
        join r in db.Rooms on account.RoomId equals r.Id into rooms
        from room in rooms.DefaultIfEmpty()
        join p in db.Users on account.PersonId equals p.Id into people
        from person in people.DefaultIfEmpty()
        select new AccountName { Id = account.Id, Name = room == null ? person.FullName : room.Building.Name + " " + room.Code };

    private sealed class AccountName
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }
}
