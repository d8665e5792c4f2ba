using System.Security.Cryptography;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// Receives what gateways say. A message with a good signature is stored as it arrived and applied in the same write; when applying it fails, it is
/// stored all the same, and applied by the next run of <see cref="PaymentRunner"/>.
/// </summary>
public sealed class NotificationService(PaymentGateways gateways, IServiceScopeFactory scopes, OfficeTime office, ILogger<NotificationService> log)
{
    /// <summary>
    /// True when the message is stored, now or before: the gateway need not say it again. False for a wrong signature, of which nothing is stored.
    /// </summary>
    /// <exception cref="NotFound">The office does not use this gateway.</exception>
    public async Task<bool> ReceiveAsync(string gateway, IReadOnlyDictionary<string, string> form, string raw, CancellationToken ct = default)
    {
        var known = gateways.Find(gateway) ?? throw new NotFound();
        if (known.Read(form) is not { } notice)
        {
            log.BadSignature(known.Name);
            return false;
        }
        await RecordAsync(known.Name, notice, raw, isAnswer: false, ct);
        return true;
    }

    /// <summary>Stores and applies what a gateway said or answered, and returns what became of it.</summary>
    internal async Task<NoticeOutcome> RecordAsync(string gateway, GatewayNotice notice, string raw, bool isAnswer, CancellationToken ct)
    {
        var said = notice with { RequestNumber = CleanText.Summary(notice.RequestNumber, PaymentLimits.RequestNumber - 1) };
        try
        {
            var outcome = await WriteAsync(gateway, said, raw, isAnswer, applies: true, ct);
            if (said.Status == TradeStatus.Paid && outcome is (NoticeOutcome.AmountDiffers or NoticeOutcome.UnknownOrder))
                log.FitsNoOrder(gateway, said.RequestNumber, outcome);
            return outcome;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.NotApplied(e, gateway, said.RequestNumber);
            return await WriteAsync(gateway, said, raw, isAnswer, applies: false, ct);
        }
    }

    private async Task<NoticeOutcome> WriteAsync(string gateway, GatewayNotice notice, string raw, bool isAnswer, bool applies, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{gateway}\n{notice.SignedContent ?? raw}")));
        await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var record = await db.PaymentNotifications.SingleOrDefaultAsync(n => n.Digest == digest, token);
            if (record is null) db.PaymentNotifications.Add(record = new(gateway, notice.RequestNumber, notice.Status, digest, raw, isAnswer, office.Now));
            else record.ComeAgain(office.Now);
            // An answer may be worded as the one before.
            if (applies && record.Outcome is (NoticeOutcome.Waiting or NoticeOutcome.AskedAgain))
                record.Settle(await services.GetRequiredService<PaymentWriter>().ApplyAsync(db, gateway, notice, token));
            return record.Outcome;
        }, ct);
    }
}
