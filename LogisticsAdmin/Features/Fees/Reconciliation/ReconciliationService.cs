using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>
/// What managers and administrators do with statements and differences. Dispatchers read and are refused here; for residents and technicians there is
/// nothing.
/// </summary>
public sealed class ReconciliationService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, PaymentRunner runner, MoneyService money, PaymentCredits credits,
    StatementWork work, OfficeTime office, ILogger<ReconciliationService> log)
{
    /// <summary>Of a file that is sent.</summary>
    public const int FileBytes = AlipayStatement.FileBytes;

    private static readonly SettleFormValidator SettleRules = new();

    /// <summary>Fetches the statement of a day again; lines that are there stay as they are.</summary>
    /// <exception cref="Rejected">The gateway does not give it.</exception>
    public async Task FetchAgainAsync(long dayId, CancellationToken ct = default)
    {
        user.Actor.DemandSettling();
        await using var db = await databases.CreateDbContextAsync(ct);
        var day = await db.StatementDays.AsNoTracking().SingleOrDefaultAsync(d => d.Id == dayId, ct) ?? throw new NotFound();
        var problem = await work.FetchAsync(GatewayOf(day.Gateway), day.Day, user, ct);
        if (problem is not null) throw Rejected.Because<ReconciliationText>("NotFetched", problem);
        await work.LookAgainAsync(day.Gateway, ct);
    }

    /// <summary>Stores a statement that somebody downloaded, as if it had been fetched, and returns the id of its day.</summary>
    public async Task<long> SendAsync(StatementFileForm form, CancellationToken ct = default)
    {
        user.Actor.DemandSettling();
        if (gateways.Find(form.Gateway) is not { } gateway) throw Rejected.At<ReconciliationText>(nameof(StatementFileForm.Gateway), "GatewayMissing");
        if (form.Day is not { } day || day >= office.Today || day < office.Today.AddYears(-5))
            throw Rejected.At<ReconciliationText>(nameof(StatementFileForm.Day), "DayWrong");
        if (form.File is not { Length: > 0 } file) throw Rejected.At<ReconciliationText>(nameof(StatementFileForm.File), "FileMissing");
        IReadOnlyList<GatewayLine> lines;
        try
        {
            lines = gateway.ReadStatement(file, day);
        }
        catch (GatewayFailure e)
        {
            throw Rejected.At<ReconciliationText>(nameof(StatementFileForm.File), e.Code switch
            {
                "STATEMENT_OF_OTHER_DAY" => "FileOtherDay",
                "STATEMENT_BROKEN_OFF" => "FileBrokenOff",
                "STATEMENT_TOO_LARGE" => "FileTooLarge",
                _ => "FileUnreadable",
            });
        }
        await work.StoreAsync(gateway.Name, day, lines, StatementSource.File, user, ct);
        await work.LookAgainAsync(gateway.Name, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.StatementDays.Where(d => d.Gateway == gateway.Name && d.Day == day).Select(d => d.Id).SingleAsync(ct);
    }

    /// <summary>
    /// Asks the gateway about a difference: what was paid is booked, a refund is made or found made. True when the difference is settled by the answer.
    /// </summary>
    /// <exception cref="Rejected">The gateway is off or does not answer, or the difference was settled before.</exception>
    public async Task<bool> AskAsync(long lineId, CancellationToken ct = default)
    {
        user.Actor.DemandSettling();
        await using var db = await databases.CreateDbContextAsync(ct);
        var line = await db.StatementLines.AsNoTracking().Include(l => l.Day).SingleOrDefaultAsync(l => l.Id == lineId, ct) ?? throw new NotFound();
        if (!await db.OpenLines().AnyAsync(l => l.Id == lineId, ct)) throw Rejected.Because<ReconciliationText>("LineSettled");
        var gateway = GatewayOf(line.Day.Gateway);
        var isConfirmed = line.Kind == GatewayLineKind.Payment ? await AskPaymentAsync(gateway, line, ct) : await AskRefundAsync(gateway, line, ct);
        return await SettleAsync(lineId, async (writing, stored, me, token) =>
        {
            if (stored.State == LineState.MissingThere && isConfirmed) stored.Settle(SettleWay.Asked, me, office.Now);
            else if (!await StatementWork.LookAgainAsync(writing, stored, SettleWay.Asked, me, office.Now, token)) return false;
            return true;
        }, ct);
    }

    /// <summary>Notes why a difference is right as it is.</summary>
    public Task NoteAsync(long lineId, SettleForm form, CancellationToken ct = default)
    {
        SettleRules.Demand(form);
        return SettleAsync(lineId, (_, line, me, _) =>
        {
            line.Settle(SettleWay.Noted, me, office.Now, form.Reason);
            return Task.FromResult(true);
        }, ct);
    }

    /// <summary>Proposes a correction of the difference, which a second person approves.</summary>
    /// <exception cref="Rejected">
    /// No order of the app belongs to it, both sides have the same, its payment is not booked, or it was corrected as a line of another day.
    /// </exception>
    public Task CorrectAsync(long lineId, SettleForm form, CancellationToken ct = default)
    {
        SettleRules.Demand(form);
        return SettleAsync(lineId, async (db, line, me, token) =>
        {
            if (CorrectionOf(line.Kind, line.State, line.ThereFen, line.HereFen, line.RefundId) is not { } amount || line.AttemptId is not { } attempt)
                throw Rejected.Because<ReconciliationText>("NothingToCorrect");
            if (line.State == LineState.MissingHere && !await IsBookedAsync(db, attempt, token))
                throw Rejected.Because<ReconciliationText>("PaymentNotBooked");
            if (await IsCorrectedAsync(db, line, token)) throw Rejected.Because<ReconciliationText>("CorrectedBefore");
            line.Correct(await money.ProposeDifferenceAsync(db, attempt, amount, form.Reason!, token), me, office.Now, form.Reason!);
            return true;
        }, ct);
    }

    /// <summary>Credits a payment of the statement that fits no order to an account. A form sent twice credits it once, with one receipt.</summary>
    /// <exception cref="Rejected">It fits an order, or was settled or credited before.</exception>
    public async Task<CashReceipt> CreditAsync(long lineId, CreditForm form, CancellationToken ct = default)
    {
        user.Actor.DemandSettling();
        if (await credits.SentBeforeAsync(form, ct) is { } made) return made;
        CashReceipt? receipt = null;
        await SettleAsync(lineId, async (db, line, _, token) =>
        {
            if (!IsUnknown(line.Kind, line.State, line.AttemptId, line.RequestNumber) || line.ThereFen is not > 0)
                throw Rejected.Because<ReconciliationText>("NothingToCredit");
            var gateway = await db.StatementDays.Where(d => d.Id == line.DayId).Select(d => d.Gateway).SingleAsync(token);
            receipt = await credits.CreditAsync(
                db, new UnknownPayment(gateway, line.RequestNumber, line.TradeNumber, new Money(line.ThereFen.Value)), form, token);
            return true;
        }, ct);
        return receipt!;
    }

    /// <summary>Whether a line is a payment that belongs to no order.</summary>
    internal static bool IsUnknown(GatewayLineKind kind, LineState state, long? attemptId, string request) =>
        kind == GatewayLineKind.Payment && state == LineState.MissingHere && attemptId is null && request.Length > 0;

    /// <summary>What a correction adds to the payer's account; null where it is no matter of amounts.</summary>
    internal static Money? CorrectionOf(GatewayLineKind kind, LineState state, long? there, long? here, long? refundId)
    {
        // A refund that was made at the gateway's own site. One of the app that is not made here is asked for instead.
        if (state == LineState.MissingHere && kind == GatewayLineKind.Refund && refundId is null && there is { } back) return new Money(-back);
        if (state is not (LineState.Different or LineState.MissingThere)) return null;
        var more = (there ?? 0) - (here ?? 0);
        return more == 0 ? null : new Money(kind == GatewayLineKind.Refund ? -more : more);
    }

    /// <summary>Whether the payer was credited with the payment, as it was or by a correction.</summary>
    private static Task<bool> IsBookedAsync(LogisticsDb db, long attemptId, CancellationToken ct)
    {
        var proposals = db.MoneyProposals;
        return db.PaymentAttempts.AnyAsync(a => a.Id == attemptId && (a.State == AttemptState.Paid || proposals.Any(
            p => p.AttemptId == a.Id && p.Kind == MoneyProposalKind.Correction && p.State == MoneyProposalState.Approved)), ct);
    }

    /// <summary>Whether the same payment or refund of a statement is corrected, or is to be, as a line of another day.</summary>
    private static Task<bool> IsCorrectedAsync(LogisticsDb db, StatementLine line, CancellationToken ct)
    {
        var (id, kind, key, attempt, refund) = (line.Id, line.Kind, line.Key, line.AttemptId, line.RefundId);
        var proposals = db.MoneyProposals;
        // Several refunds at the gateway's own site have no number of ours. What was missing there and turned up is given back by this correction.
        return db.StatementLines.AnyAsync(
            l => l.Id != id && l.Kind == kind && l.AttemptId == attempt && l.RefundId == refund && l.State != LineState.MissingThere
                && (kind == GatewayLineKind.Payment || refund != null || l.Key == key) && l.Settlement == SettleWay.Corrected
                && proposals.Any(p => p.Id == l.ProposalId && (p.State == MoneyProposalState.Waiting || p.State == MoneyProposalState.Approved)), ct);
    }

    /// <summary>
    /// Messages about a payment that is settled otherwise than by a correction are no trouble any more. Those of one that was credited were judged then.
    /// </summary>
    private static async Task SettleMessagesAsync(LogisticsDb db, StatementLine line, CancellationToken ct)
    {
        if (line.Kind != GatewayLineKind.Payment || line.Settlement is SettleWay.Corrected or SettleWay.Credited) return;
        var request = line.RequestNumber;
        var gateway = await db.StatementDays.Where(d => d.Id == line.DayId).Select(d => d.Gateway).SingleAsync(ct);
        var messages = db.PaymentNotifications.Where(n => n.RequestNumber == request && n.Gateway == gateway && n.Status == TradeStatus.Paid
            && (n.Outcome == NoticeOutcome.UnknownOrder || n.Outcome == NoticeOutcome.AmountDiffers));
        foreach (var message in await messages.ToListAsync(ct)) message.Settle(NoticeOutcome.Settled);
        db.Announce(new KeyChanged(FeesTopics.Payments, 0));
    }

    private async Task<bool> AskPaymentAsync(IPaymentGateway gateway, StatementLine line, CancellationToken ct)
    {
        var said = await runner.AskNowAsync(gateway.Name, line.RequestNumber, ct) ?? throw Rejected.Because<ReconciliationText>("NoAnswer");
        return said.Status == TradeStatus.Paid && said.Amount?.Fen == line.HereFen;
    }

    private Task<bool> AskRefundAsync(IPaymentGateway gateway, StatementLine line, CancellationToken ct) => runner.BetweenRefundsAsync(async () =>
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.PaymentRefunds.AsNoTracking().Include(r => r.Attempt).SingleOrDefaultAsync(r => r.Id == line.RefundId, ct) is not { } refund)
            throw Rejected.Because<ReconciliationText>("RefundNotOurs");
        // Asking for the same number again makes it at most once; what was paid out at the counter is not asked for.
        if (refund.State == RefundState.InCash) return false;
        RefundAnswer answer;
        try
        {
            answer = await gateway.RefundAsync(refund.Attempt.RequestNumber, refund.RequestNumber, refund.Amount, ct);
        }
        catch (Exception e) when (PaymentRunner.IsNoAnswer(e, ct))
        {
            throw Rejected.Because<ReconciliationText>("NoAnswer");
        }
        if (answer.IsDone) await runner.FinishAsync(refund.Id, ct);
        return answer.IsDone;
    }, ct);

    private IPaymentGateway GatewayOf(string name) => gateways.Find(name) ?? throw Rejected.Because<ReconciliationText>("GatewayOff");

    private async Task<bool> SettleAsync(long lineId, Func<LogisticsDb, StatementLine, long, CancellationToken, Task<bool>> settle, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var settled = await db.WriteAsync(async token =>
        {
            user.Actor.DemandSettling();
            var line = await db.StatementLines.SingleOrDefaultAsync(l => l.Id == lineId, token) ?? throw new NotFound();
            if (!await db.OpenLines().AnyAsync(l => l.Id == lineId, token)) throw Rejected.Because<ReconciliationText>("LineSettled");
            db.Announce(new KeyChanged(FeesTopics.Reconciliation, line.DayId));
            if (!await settle(db, line, user.PersonId, token)) return null;
            await SettleMessagesAsync(db, line, token);
            return line.Settlement;
        }, ct);
        if (settled is { } way) log.Settled(lineId, way, user.ActorOrNull?.PersonId);
        return settled is not null;
    }
}
