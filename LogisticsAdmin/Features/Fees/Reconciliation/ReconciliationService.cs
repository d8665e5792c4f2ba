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
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, PaymentRunner runner, MoneyService money, StatementWork work,
    OfficeTime office, ILogger<ReconciliationService> log)
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
    /// <exception cref="Rejected">No order of the app belongs to it, or both sides have the same.</exception>
    public Task CorrectAsync(long lineId, SettleForm form, CancellationToken ct = default)
    {
        SettleRules.Demand(form);
        return SettleAsync(lineId, async (db, line, me, token) =>
        {
            if (CorrectionOf(line.Kind, line.State, line.ThereFen, line.HereFen) is not { } amount || line.AttemptId is not { } attempt)
                throw Rejected.Because<ReconciliationText>("NothingToCorrect");
            line.Correct(await money.ProposeDifferenceAsync(db, attempt, amount, form.Reason!, token), me, office.Now, form.Reason!);
            return true;
        }, ct);
    }

    /// <summary>What a correction adds to the payer's account; null where it is no matter of amounts.</summary>
    internal static Money? CorrectionOf(GatewayLineKind kind, LineState state, long? there, long? here)
    {
        if (state is not (LineState.Different or LineState.MissingThere)) return null;
        var more = (there ?? 0) - (here ?? 0);
        return more == 0 ? null : new Money(kind == GatewayLineKind.Refund ? -more : more);
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
            return await settle(db, line, user.PersonId, token) ? line.Settlement : null;
        }, ct);
        if (settled is { } way) log.Settled(lineId, way, user.ActorOrNull?.PersonId);
        return settled is not null;
    }
}
