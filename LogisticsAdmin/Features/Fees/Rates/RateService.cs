using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>
/// Publishes, proposes and withdraws rates. No rate is ever edited or deleted. Administrators publish alone what begins today or later; whatever
/// begins before today, and whatever a manager enters, is a proposal that a second person decides: one of the two is a manager and the other an
/// administrator. Others get <see cref="Forbidden"/>.
/// </summary>
public sealed class RateService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ILogger<RateService> log)
{
    /// <summary>
    /// What a proposal stores where nothing takes the place of the withdrawn rate. It reads as no price, but differs from <see cref="PriceRule.None"/>,
    /// which is published: a rate that sets no price ends the one before it.
    /// </summary>
    private static readonly PriceRule OnlyMarked = new([], BillingCycle.Year);

    private static readonly RateFormValidator RateRules = new();
    private static readonly WithdrawFormValidator WithdrawRules = new();
    private static readonly RefuseFormValidator RefuseRules = new();

    /// <summary>
    /// Publishes the rate, or proposes it. Throws <see cref="Stale"/> if a rate of the kind was published since the form was opened.
    /// </summary>
    public Task<RateOutcome> SubmitAsync(RateForm form, CancellationToken ct = default)
    {
        RateRules.Demand(form);
        return WriteAsync("submitted", async (db, token) =>
        {
            var (kind, day, scope) = (form.KindId!.Value, form.FirstDay!.Value, form.Scope());
            if (!await db.FeeKinds.Living().AnyAsync(k => k.Id == kind, token)) throw Rejected.At<RatesText>(nameof(RateForm.KindId), "UnknownKind");
            await DemandUnchangedAsync(db, kind, form.NewestSeen, token);
            await DemandScopeAsync(db, scope, token);
            await DemandFreeDayAsync(db, kind, scope.Key, day, token);
            if (MaySubmitAlone(day))
            {
                var rate = new FeeRate(kind, scope, day, form.Rule(), form.Reason!, form.DocumentNumber, user.PersonId, office.Now);
                return (kind, new RateOutcome(await PublishAsync(db, rate, token), null));
            }
            var waits = await db.RateProposals.AnyAsync(
                p => p.KindId == kind && p.Scope == scope.Key && p.FirstDay == day && p.State == ProposalState.Waiting && p.WithdrawsRateId == null, token);
            if (waits) throw Rejected.At<RatesText>(nameof(RateForm.FirstDay), "ProposalWaits");
            var proposal = new RateProposal(kind, scope, day, form.Rule(), form.Reason!, form.DocumentNumber, user.PersonId, office.Now);
            return (kind, await ProposeAsync(db, proposal, token));
        }, ct);
    }

    /// <summary>
    /// Withdraws a rate, or proposes that. Its place takes the price of the form, or else the one that applied before it, also if that sets no price;
    /// where there was no rate before it, it is only marked. Throws <see cref="Stale"/> if the rate was marked since the form was opened.
    /// </summary>
    public Task<RateOutcome> WithdrawAsync(long id, WithdrawForm form, CancellationToken ct = default)
    {
        WithdrawRules.Demand(form);
        return WriteAsync("withdrawn", async (db, token) =>
        {
            var rate = await db.FeeRates.FirstOrDefaultAsync(r => r.Id == id, token) ?? throw new NotFound();
            DemandStanding(rate);
            if (rate.Version != form.Version) throw new Stale(await db.LastChangedByAsync<FeeRate>(id, token), Shown(rate));
            var rule = form.HasReplacement ? form.Rule() : (await FormerAsync(db, rate, token))?.Rule;
            if (MaySubmitAlone(rate.FirstDay))
                return (rate.KindId, new RateOutcome(await WithdrawAsync(db, rate, rule, Words.Of(form), user.PersonId, null, token), null));
            if (await db.RateProposals.AnyAsync(p => p.WithdrawsRateId == id && p.State == ProposalState.Waiting, token))
                throw Rejected.Because<RatesText>("ProposalWaits");
            var proposal = new RateProposal(
                rate.KindId, RateScope.Parse(rate.Scope), rate.FirstDay, rule ?? OnlyMarked, form.Reason!, form.DocumentNumber, user.PersonId, office.Now,
                rate.Id);
            return (rate.KindId, await ProposeAsync(db, proposal, token));
        }, ct);
    }

    /// <summary>复核: does what was proposed. Only a second person may: one of the two is a manager and the other an administrator.</summary>
    public Task<RateOutcome> ApproveAsync(long id, long version, CancellationToken ct = default) => DecideAsync("approved", id, version, async (db, p, token) =>
    {
        if (!FeesAccess.AreTwo(user.Actor, p.ProposedById, await RolesAsync(db, p.ProposedById, token)))
            throw Rejected.Because<RatesText>(p.ProposedById == user.PersonId ? "OwnProposal" : "NeedsOtherRole");
        long? published;
        if (p.WithdrawsRateId is { } withdrawn)
        {
            var rate = await db.FeeRates.FirstAsync(r => r.Id == withdrawn, token);
            DemandStanding(rate);
            var instead = p.Rule.Equals(OnlyMarked) ? null : p.Rule;
            published = await WithdrawAsync(db, rate, instead, new Words(p.Reason, p.DocumentNumber), p.ProposedById, user.PersonId, token);
        }
        else
        {
            await DemandFreeDayAsync(db, p.KindId, p.Scope, p.FirstDay, token);
            published = await PublishAsync(db, new FeeRate(
                p.KindId, RateScope.Parse(p.Scope), p.FirstDay, p.Rule, p.Reason, p.DocumentNumber, p.ProposedById, office.Now, user.PersonId), token);
        }
        p.Publish(published, user.PersonId, office.Now);
        return new RateOutcome(published, p.Id);
    }, ct);

    /// <summary>Refuses what another person proposed.</summary>
    public Task RefuseAsync(long id, RefuseForm form, CancellationToken ct = default)
    {
        RefuseRules.Demand(form);
        return DecideAsync("refused", id, form.Version, (_, proposal, _) =>
        {
            if (proposal.ProposedById == user.PersonId) throw Rejected.Because<RatesText>("OwnProposal");
            proposal.Refuse(user.PersonId, office.Now, form.Reason!);
            return Task.FromResult(new RateOutcome(null, proposal.Id));
        }, ct);
    }

    /// <summary>Takes one's own proposal back.</summary>
    public Task TakeBackAsync(long id, long version, CancellationToken ct = default) => DecideAsync("taken back", id, version, (_, proposal, _) =>
    {
        if (proposal.ProposedById != user.PersonId) throw new Forbidden();
        proposal.TakeBack(user.PersonId, office.Now);
        return Task.FromResult(new RateOutcome(null, proposal.Id));
    }, ct);

    private Task<RateOutcome> DecideAsync(
        string what, long id, long version, Func<LogisticsDb, RateProposal, CancellationToken, Task<RateOutcome>> work, CancellationToken ct) =>
        WriteAsync(what, async (db, token) =>
        {
            var proposal = await db.RateProposals.FirstOrDefaultAsync(p => p.Id == id, token) ?? throw new NotFound();
            if (proposal.State != ProposalState.Waiting) throw Rejected.Because<FeesText>("ProposalDecided");
            if (proposal.Version != version) throw new Stale(await db.LastChangedByAsync<RateProposal>(id, token), null);
            return (proposal.KindId, await work(db, proposal, token));
        }, ct);

    private async Task<RateOutcome> WriteAsync(
        string what, Func<LogisticsDb, CancellationToken, Task<(long Kind, RateOutcome Outcome)>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (kind, outcome) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandBilling();
            var done = await work(db, token);
            db.Announce(new KeyChanged(FeesTopics.Rates, done.Kind));
            return done;
        }, ct);
        log.RatesChanged(kind, what, user.ActorOrNull?.PersonId);
        return outcome;
    }

    private bool MaySubmitAlone(DateOnly firstDay) => user.Actor.Is(Role.Administrator) && firstDay >= office.Today;

    private static async Task<RateOutcome> ProposeAsync(LogisticsDb db, RateProposal proposal, CancellationToken ct)
    {
        db.RateProposals.Add(proposal);
        await db.SaveChangesAsync(ct);
        return new RateOutcome(null, proposal.Id);
    }

    private async Task<long> PublishAsync(LogisticsDb db, FeeRate rate, CancellationToken ct)
    {
        db.FeeRates.Add(rate);
        await db.SaveChangesAsync(ct);
        await AfterAsync(db, rate, ct);
        return rate.Id;
    }

    private async Task<long?> WithdrawAsync(LogisticsDb db, FeeRate rate, PriceRule? instead, Words words, long by, long? approvedBy, CancellationToken ct)
    {
        rate.Withdraw(user.PersonId, office.Now, words.Reason);
        // The place is free only now: a unique index allows one rate that stands for each scope and first day.
        await db.SaveChangesAsync(ct);
        if (instead is not null)
        {
            return await PublishAsync(db, new FeeRate(
                rate.KindId, RateScope.Parse(rate.Scope), rate.FirstDay, instead, words.Reason, words.DocumentNumber, by, office.Now, approvedBy, rate.Id), ct);
        }
        await AfterAsync(db, rate, ct);
        return null;
    }

    // Each rate that stands is superseded by the one that stands with the next first day.
    private async Task AfterAsync(LogisticsDb db, FeeRate changed, CancellationToken ct)
    {
        var standing = await db.FeeRates.Where(r => r.KindId == changed.KindId && r.Scope == changed.Scope && r.WithdrawnAt == null)
            .OrderBy(r => r.FirstDay).ToListAsync(ct);
        for (var i = 0; i < standing.Count; i++)
        {
            var next = i + 1 < standing.Count ? standing[i + 1].Id : (long?)null;
            if (standing[i].SupersededByRateId == next) continue;
            if (next is { } successor) standing[i].MarkSuperseded(successor, user.PersonId, office.Now);
            else standing[i].ClearSuperseded();
        }
        await db.SaveChangesAsync(ct);
        await BillCorrections.RequestAsync(db, changed.KindId, changed.FirstDay, office, user.PersonId, ct);
        if (RateScope.Parse(changed.Scope).Kind == RateScopeKind.Group)
            await PricedGroups.DemandOneEachAsync(db, changed.KindId, nameof(RateForm.ScopeId), ct);
    }

    private static async Task DemandUnchangedAsync(LogisticsDb db, long kind, long? seen, CancellationToken ct)
    {
        var newest = await db.FeeRates.AsNoTracking().Where(r => r.KindId == kind).OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        if (newest?.Id == seen) return;
        var by = newest?.PublishedById;
        throw new Stale(await db.Users.Where(p => p.Id == by).Select(p => p.FullName).FirstOrDefaultAsync(ct), newest is null ? null : Shown(newest));
    }

    private static async Task DemandFreeDayAsync(LogisticsDb db, long kind, string scope, DateOnly day, CancellationToken ct)
    {
        if (await db.FeeRates.AnyAsync(r => r.KindId == kind && r.Scope == scope && r.FirstDay == day && r.WithdrawnAt == null, ct))
            throw Rejected.At<RatesText>(nameof(RateForm.FirstDay), "FirstDayTaken", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static async Task DemandScopeAsync(LogisticsDb db, RateScope scope, CancellationToken ct)
    {
        var isKnown = scope.Kind switch
        {
            RateScopeKind.Group => await db.ResidentGroups.Living().AnyAsync(g => g.Id == scope.Id, ct),
            RateScopeKind.Building => await db.Set<Places.Building>().Living().AnyAsync(b => b.Id == scope.Id, ct),
            RateScopeKind.Campus => await db.Set<Places.Campus>().Living().AnyAsync(c => c.Id == scope.Id, ct),
            _ => true,
        };
        if (!isKnown) throw Rejected.At<RatesText>(nameof(RateForm.ScopeId), "UnknownScope");
    }

    private static void DemandStanding(FeeRate rate)
    {
        if (rate.WithdrawnAt is not null) throw Rejected.Because<RatesText>("AlreadyWithdrawn");
    }

    private static Task<FeeRate?> FormerAsync(LogisticsDb db, FeeRate rate, CancellationToken ct) =>
        db.FeeRates.AsNoTracking().Where(r => r.KindId == rate.KindId && r.Scope == rate.Scope && r.WithdrawnAt == null && r.FirstDay < rate.FirstDay)
            .OrderByDescending(r => r.FirstDay).FirstOrDefaultAsync(ct);

    private static async Task<List<Role>> RolesAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        var roles = from role in db.UserRoles
                    join person in db.Users on role.UserId equals person.Id
                    where person.Id == personId && person.RetiredAt == null
                    select role.RoleId;
        return [.. (await roles.ToListAsync(ct)).Select(id => (Role)id)];
    }

    private static string Shown(FeeRate rate)
    {
        var prices = string.Join(" / ", rate.Rule.Steps.Select(s => RateArithmetic.Price(s.Price)));
        return string.Create(CultureInfo.InvariantCulture, $"{rate.FirstDay:yyyy-MM-dd} {prices}").Trim();
    }

    private sealed record Words(string Reason, string? DocumentNumber)
    {
        public static Words Of(PriceForm form) => new(form.Reason!, form.DocumentNumber);
    }
}
