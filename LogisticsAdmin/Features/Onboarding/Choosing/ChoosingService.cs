using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>
/// What freshmen do themselves before they arrive, each for themselves alone: in the open season only, and until they are checked in. Somebody whom the
/// season does not concern gets <see cref="NotFound"/>.
/// </summary>
public sealed class ChoosingService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IPersonalAccounts accounts, OfficeTime office)
{
    private static readonly DataFormValidator DataRules = new();
    private static readonly WishFormValidator WishRules = new();
    private static readonly DeferFormValidator DeferRules = new();
    private static readonly ArrivalFormValidator ArrivalRules = new();

    /// <summary>Begins for somebody who is not in the season yet, for example because they were added later.</summary>
    public Task StartAsync(CancellationToken ct = default) => ActAsync((_, _, _) => Task.CompletedTask, ct);

    /// <summary>确认信息, with a remark about what is wrong.</summary>
    public Task ConfirmDataAsync(DataForm form, CancellationToken ct = default)
    {
        DataRules.Demand(form);
        return ActAsync((_, own, _) =>
        {
            own.Freshman.ConfirmData(form.Remark, office.Now);
            return Task.CompletedTask;
        }, ct);
    }

    /// <summary>作息: what those who choose a bed in the same room are told, without a name.</summary>
    public Task WishAsync(WishForm form, CancellationToken ct = default)
    {
        WishRules.Demand(form);
        return ActAsync((_, own, _) =>
        {
            own.Freshman.Wish(form.Rhythm, form.WantsQuiet);
            return Task.CompletedTask;
        }, ct);
    }

    /// <summary>
    /// Keeps a bed for <see cref="OnboardingSeason.HoldFor"/>, at most until the end of the choice, and gives back the one before. Holding it again does
    /// not make it longer.
    /// </summary>
    /// <exception cref="NotFound">The bed is not offered to this person.</exception>
    /// <exception cref="Rejected">Somebody else has it, or it is not the time to choose.</exception>
    public Task HoldAsync(long bedId, CancellationToken ct = default) => ActAsync((db, own, token) => TakeAsync(db, own, bedId, token), ct);

    /// <summary>Makes the bed that is held the person's own.</summary>
    /// <exception cref="Rejected">The time for which it was held has passed.</exception>
    public Task ChooseAsync(CancellationToken ct = default) => ActAsync(async (db, own, token) =>
    {
        var isNew = !own.Freshman.HasBed;
        own.Freshman.Choose(office.Now);
        if (isNew) await TellAsync(db, own.Freshman.BedId, token);
    }, ct);

    /// <summary>Takes a bed at once, without holding it first.</summary>
    /// <inheritdoc cref="HoldAsync"/>
    public Task ChooseBedAsync(long bedId, CancellationToken ct = default) => ActAsync(async (db, own, token) =>
    {
        await TakeAsync(db, own, bedId, token);
        own.Freshman.Choose(office.Now);
    }, ct);

    /// <summary>Gives the bed back, held or chosen.</summary>
    public Task LeaveAsync(CancellationToken ct = default) => ActAsync(async (db, own, token) =>
    {
        var bed = own.Freshman.BedId;
        if (bed is null) return;
        DemandTime(own.Group);
        own.Freshman.LeaveBed();
        await TellAsync(db, bed, token);
    }, ct);

    /// <summary>
    /// Pays what the season asks for from the account, or asks for a payment, whose number is returned. Charged once, however often it is called. Who
    /// deferred pays later, after check-in from the account, also when the season is closed.
    /// </summary>
    /// <exception cref="Rejected">The account has less, nothing is asked for, or the sum differs from <paramref name="seenFen"/>.</exception>
    public Task<string?> PayAsync(PayWay way, long? seenFen = null, CancellationToken ct = default) => AnswerAsync(async (db, own, token) =>
    {
        var freshman = own.Freshman;
        if (freshman.FeesPaidAt is not null) return null;
        var owed = await OwedAsync(db, freshman, token);
        if (owed <= Money.Zero) throw Rejected.Because<ChoosingText>("NothingToPay");
        if (seenFen is { } seen && seen != owed.Fen) throw Rejected.Because<ChoosingText>("AmountChanged", owed);
        if (way == PayWay.Account)
        {
            if (freshman.CheckedInAt is null) freshman.AskFees(owed, freshman.PaymentNumber);
            await accounts.ChargeAsync(db, freshman.PersonId, freshman.Reference, owed, token);
            freshman.PayFees(office.Now);
            return null;
        }
        if (!accounts.CanAsk || freshman.CheckedInAt is not null) throw Rejected.Because<ChoosingText>("NoPayOnline");
        var number = await accounts.AskAsync(db, freshman.PersonId, freshman.Reference, owed, token);
        if (number != freshman.PaymentNumber) freshman.AskFees(owed, number);
        return number;
    }, ct, OwesDeferred);

    /// <summary>绿色通道: pays later, where the season allows it.</summary>
    public Task DeferAsync(DeferForm form, CancellationToken ct = default)
    {
        DeferRules.Demand(form);
        return ActAsync(async (db, own, token) =>
        {
            if (!own.Season.MayDefer) throw Rejected.Because<ChoosingText>("NoDeferral");
            var owed = await OwedAsync(db, own.Freshman, token);
            if (owed <= Money.Zero) throw Rejected.Because<ChoosingText>("NothingToPay");
            own.Freshman.DeferFees(owed, form.Reason!, office.Now);
        }, ct);
    }

    /// <summary>The essentials are ordered: the step is done by the last order of goods since the season opened.</summary>
    /// <exception cref="Rejected">There is none.</exception>
    public Task TakeOrderAsync(CancellationToken ct = default) => ActAsync(async (db, own, token) =>
    {
        var order = await GoodsOf(db, own.Freshman.PersonId, own.Season.OpenedAt).FirstOrDefaultAsync(token)
            ?? throw Rejected.Because<ChoosingText>("NoOrder");
        own.Freshman.SettleEssentials(order.Id, office.Now);
    }, ct);

    /// <summary>The student needs no essentials.</summary>
    public Task NeedNothingAsync(CancellationToken ct = default) => ActAsync((_, own, _) =>
    {
        own.Freshman.SettleEssentials(null, office.Now);
        return Task.CompletedTask;
    }, ct);

    /// <summary>我已阅读并同意. With the last paper the step is done.</summary>
    /// <exception cref="Stale">The paper was changed since it was shown.</exception>
    public Task ConfirmPaperAsync(long paperId, long version, CancellationToken ct = default) => ActAsync(async (db, own, token) =>
    {
        var (freshman, season) = (own.Freshman, own.Season.Id);
        var papers = await db.SeasonPapers.AsNoTracking().Where(p => p.SeasonId == season).Select(p => new { p.Id, p.Version }).ToListAsync(token);
        var paper = papers.Find(p => p.Id == paperId) ?? throw new NotFound();
        var confirmed = await db.PaperReceipts.Where(r => r.FreshmanId == freshman.Id).Select(r => r.PaperId).ToListAsync(token);
        if (!confirmed.Contains(paperId))
        {
            if (freshman.WithdrawnAt is not null) throw Rejected.Because<SeasonsText>("IsWithdrawn");
            if (paper.Version != version) throw new Stale(null, null);
            db.PaperReceipts.Add(new PaperReceipt(freshman.Id, paperId, office.Now));
            confirmed.Add(paperId);
        }
        if (freshman.PapersConfirmedAt is null && papers.TrueForAll(p => confirmed.Contains(p.Id))) freshman.ConfirmPapers(office.Now);
    }, ct);

    /// <summary>预约报到: a time of the desk that has room, instead of the one before.</summary>
    /// <exception cref="Rejected">It is full or over.</exception>
    public Task ArriveAsync(ArrivalForm form, CancellationToken ct = default)
    {
        ArrivalRules.Demand(form);
        return ActAsync(async (db, own, token) =>
        {
            var (me, season) = (own.Freshman.Id, own.Season.Id);
            var time = await db.DeskTimes.AsNoTracking().SingleOrDefaultAsync(t => t.Id == form.DeskTimeId && t.SeasonId == season, token)
                ?? throw new NotFound();
            if (own.Freshman.DeskTimeId == time.Id) return;
            if (office.At(time.Day, time.Until) <= office.Now) throw Rejected.At<ChoosingText>(nameof(ArrivalForm.DeskTimeId), "TimeIsOver");
            var taken = await db.Freshmen.CountAsync(f => f.DeskTimeId == time.Id && f.Id != me && f.WithdrawnAt == null, token);
            if (taken >= time.Capacity) throw Rejected.At<ChoosingText>(nameof(ArrivalForm.DeskTimeId), "TimeIsFull");
            own.Freshman.Arrive(time.Id);
        }, ct);
    }

    /// <summary>Orders of goods of a person that count as essentials, the newest first.</summary>
    internal static IQueryable<PlacedOrder> GoodsOf(LogisticsDb db, long personId, DateTimeOffset? since) => db.PlacedOrders.AsNoTracking()
        .Where(o => o.PersonId == personId && o.Shelf == ShelfKind.Goods && OrderMoves.Holding.Contains(o.State) && o.CreatedAt >= since)
        .OrderByDescending(o => o.Id);

    /// <summary>What was asked for or deferred stays the same, whatever the season asks from others meanwhile.</summary>
    internal static async Task<Money> OwedAsync(LogisticsDb db, Freshman freshman, CancellationToken ct) =>
        freshman.PaymentNumber is not null || freshman.FeesDeferredAt is not null || freshman.FeesPaidAt is not null ? new Money(freshman.FeesFen)
            : new Money(await db.SeasonFees.Where(f => f.SeasonId == freshman.SeasonId).SumAsync(f => f.AmountFen, ct));

    private void DemandTime(SeasonGroup group)
    {
        var now = office.Now;
        if (now < group.ChoosesFrom) throw Rejected.Because<ChoosingText>("NotYet", group.ChoosesFrom);
        if (now >= group.ChoosesUntil) throw Rejected.Because<ChoosingText>("ChoiceEnded", group.ChoosesUntil);
    }

    // Few queries: in a rush every other student waits for this write.
    private async Task TakeAsync(LogisticsDb db, OwnFreshman own, long bedId, CancellationToken ct)
    {
        var (freshman, group, now) = (own.Freshman, own.Group, office.Now);
        if (freshman.CheckedInAt is not null) throw Rejected.Because<SeasonsText>("IsCheckedIn");
        if (freshman.WithdrawnAt is not null) throw Rejected.Because<SeasonsText>("IsWithdrawn");
        if (freshman.BedId == bedId && freshman.Holds(now)) return;
        DemandTime(group);
        if (own.HasHome) throw Rejected.Because<ChoosingText>("HasHome");
        var free = db.Set<Bed>().Free(db, now);
        var bed = await db.Set<Bed>().AsNoTracking().Where(b => b.Id == bedId).OfferedTo(db, group.Id, own.Gender).SuitedTo(db, own.Gender)
            .Select(b => new { b.Room.BuildingId, IsFree = free.Any(f => f.Id == b.Id) }).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        // The person's own hold that ran out counts as free, too.
        if (!bed.IsFree) throw Rejected.Because<ChoosingText>("BedTaken");
        var (me, former) = (freshman.Id, freshman.BedId);
        if (await db.Freshmen.SingleOrDefaultAsync(f => f.BedId == bedId && f.CheckedInAt == null && f.Id != me, ct) is { } expired)
        {
            expired.LeaveBed();
            db.Announce(new KeyChanged(OnboardingTopics.Freshmen, expired.PersonId));
            // First of all: a unique index allows one of them.
            await db.SaveChangesAsync(ct);
        }
        var until = now + OnboardingSeason.HoldFor;
        freshman.Hold(bedId, until < group.ChoosesUntil ? until : group.ChoosesUntil);
        db.Announce(new KeyChanged(OnboardingTopics.Beds, bed.BuildingId));
        if (former is not null && former != bedId) await TellAsync(db, former, ct);
    }

    private static async Task TellAsync(LogisticsDb db, long? bedId, CancellationToken ct)
    {
        var building = await db.Set<Bed>().Where(b => b.Id == bedId).Select(b => b.Room.BuildingId).SingleAsync(ct);
        db.Announce(new KeyChanged(OnboardingTopics.Beds, building));
    }

    private Task<bool> ActAsync(Func<LogisticsDb, OwnFreshman, CancellationToken, Task> act, CancellationToken ct) =>
        AnswerAsync(async (db, own, token) =>
        {
            await act(db, own, token);
            return true;
        }, ct);

    /// <summary>Who arrived and deferred pays also after the season.</summary>
    internal static bool OwesDeferred(Freshman freshman) => freshman is { FeesDeferredAt: not null, FeesPaidAt: null, CheckedInAt: not null };

    private async Task<T> AnswerAsync<T>(
        Func<LogisticsDb, OwnFreshman, CancellationToken, Task<T>> act, CancellationToken ct, Func<Freshman, bool>? alsoClosed = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandOwnOnboarding();
            var me = user.PersonId;
            var answer = await act(db, await OwnFreshman.DemandAsync(db, me, token, alsoClosed), token);
            db.Announce(new KeyChanged(OnboardingTopics.Freshmen, me));
            return answer;
        }, ct);
    }
}
