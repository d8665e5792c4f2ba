using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

public sealed partial class SeasonService
{
    private static readonly SeasonFeeFormValidator FeeRules = new();
    private static readonly SeasonItemFormValidator ItemRules = new();
    private static readonly SeasonPaperFormValidator PaperRules = new();
    private static readonly DeskTimeFormValidator TimeRules = new();

    /// <summary>Adds a fee. Fees are fixed once a student of the season has paid, deferred or was asked for a payment.</summary>
    public Task<long> AddFeeAsync(long seasonId, SeasonFeeForm form, CancellationToken ct = default)
    {
        FeeRules.Demand(form);
        return WriteAsync("fee added", async (db, token) =>
        {
            await ChangeableAsync(db, seasonId, token);
            await DemandOpenFeesAsync(db, seasonId, token);
            await DemandFewAsync(db.SeasonFees.Where(f => f.SeasonId == seasonId), token);
            var fee = new SeasonFee(seasonId, new LocalName(form.Name!, form.NameEn ?? ""), Money.FromYuan(form.Amount!.Value));
            db.SeasonFees.Add(fee);
            await db.SaveChangesAsync(token);
            return new Written(seasonId, fee.Id);
        }, ct);
    }

    /// <summary>Changes a fee; refuses as <see cref="AddFeeAsync"/> does.</summary>
    public Task SaveFeeAsync(long id, SeasonFeeForm form, CancellationToken ct = default)
    {
        FeeRules.Demand(form);
        return WriteAsync("fee changed", async (db, token) =>
        {
            var fee = await db.SeasonFees.SingleOrDefaultAsync(f => f.Id == id, token) ?? throw new NotFound();
            await ChangeableAsync(db, fee.SeasonId, token);
            if (fee.Version != form.Version) throw new Stale(await db.LastChangedByAsync<SeasonFee>(id, token), fee.LocalName.ToString());
            await DemandOpenFeesAsync(db, fee.SeasonId, token);
            fee.Describe(new LocalName(form.Name!, form.NameEn ?? ""), Money.FromYuan(form.Amount!.Value));
            return new Written(fee.SeasonId, id);
        }, ct);
    }

    /// <summary>Removes a fee; refuses as <see cref="AddFeeAsync"/> does.</summary>
    public Task RemoveFeeAsync(long id, CancellationToken ct = default) => WriteAsync("fee removed", async (db, token) =>
    {
        var fee = await db.SeasonFees.SingleOrDefaultAsync(f => f.Id == id, token) ?? throw new NotFound();
        await ChangeableAsync(db, fee.SeasonId, token);
        await DemandOpenFeesAsync(db, fee.SeasonId, token);
        db.SeasonFees.Remove(fee);
        return new Written(fee.SeasonId, id);
    }, ct);

    /// <summary>Suggests goods. Refuses at the field those that are no goods in use, and those that are suggested already.</summary>
    public Task<long> AddItemAsync(long seasonId, SeasonItemForm form, CancellationToken ct = default)
    {
        ItemRules.Demand(form);
        return WriteAsync("goods added", async (db, token) =>
        {
            await ChangeableAsync(db, seasonId, token);
            await DemandFewAsync(db.SeasonItems.Where(i => i.SeasonId == seasonId), token);
            if (!await db.ShelfItems.AnyAsync(i => i.Id == form.ItemId && i.Shelf == ShelfKind.Goods && i.RetiredAt == null, token))
                throw Rejected.At<SeasonsText>(nameof(SeasonItemForm.ItemId), "UnknownGoods");
            if (await db.SeasonItems.AnyAsync(i => i.SeasonId == seasonId && i.ItemId == form.ItemId, token))
                throw Rejected.At<SeasonsText>(nameof(SeasonItemForm.ItemId), "GoodsTaken");
            var item = new SeasonItem(seasonId, form.ItemId!.Value, form.Quantity!.Value);
            db.SeasonItems.Add(item);
            await db.SaveChangesAsync(token);
            return new Written(seasonId, item.Id);
        }, ct);
    }

    /// <summary>Changes how many pieces are suggested.</summary>
    public Task SaveItemAsync(long id, SeasonItemForm form, CancellationToken ct = default)
    {
        ItemRules.Demand(form);
        return WriteAsync("goods changed", async (db, token) =>
        {
            var item = await db.SeasonItems.SingleOrDefaultAsync(i => i.Id == id, token) ?? throw new NotFound();
            await ChangeableAsync(db, item.SeasonId, token);
            if (item.Version != form.Version) throw new Stale(await db.LastChangedByAsync<SeasonItem>(id, token), null);
            item.Suggest(form.Quantity!.Value);
            return new Written(item.SeasonId, id);
        }, ct);
    }

    /// <summary>No longer suggests goods; orders stay as they are.</summary>
    public Task RemoveItemAsync(long id, CancellationToken ct = default) => WriteAsync("goods removed", async (db, token) =>
    {
        var item = await db.SeasonItems.SingleOrDefaultAsync(i => i.Id == id, token) ?? throw new NotFound();
        await ChangeableAsync(db, item.SeasonId, token);
        db.SeasonItems.Remove(item);
        return new Written(item.SeasonId, id);
    }, ct);

    /// <summary>Adds a paper. Students of an open season who are not checked in have to confirm it, too.</summary>
    public Task<long> AddPaperAsync(long seasonId, SeasonPaperForm form, CancellationToken ct = default)
    {
        PaperRules.Demand(form);
        return WriteAsync("paper added", async (db, token) =>
        {
            var season = await ChangeableAsync(db, seasonId, token);
            await DemandFewAsync(db.SeasonPapers.Where(p => p.SeasonId == seasonId), token);
            var paper = new SeasonPaper(seasonId, TitleOf(form), TextOf(form));
            db.SeasonPapers.Add(paper);
            await db.SaveChangesAsync(token);
            if (season.State == SeasonState.Open) await ReopenPapersAsync(db, seasonId, token);
            return new Written(seasonId, paper.Id);
        }, ct);
    }

    /// <summary>Changes a paper that nobody has confirmed.</summary>
    public Task SavePaperAsync(long id, SeasonPaperForm form, CancellationToken ct = default)
    {
        PaperRules.Demand(form);
        return WriteAsync("paper changed", async (db, token) =>
        {
            var paper = await db.SeasonPapers.SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new NotFound();
            await ChangeableAsync(db, paper.SeasonId, token);
            if (paper.Version != form.Version) throw new Stale(await db.LastChangedByAsync<SeasonPaper>(id, token), paper.LocalTitle.ToString());
            await DemandUnconfirmedAsync(db, id, token);
            paper.Write(TitleOf(form), TextOf(form));
            return new Written(paper.SeasonId, id);
        }, ct);
    }

    /// <summary>Removes a paper that nobody has confirmed.</summary>
    public Task RemovePaperAsync(long id, CancellationToken ct = default) => WriteAsync("paper removed", async (db, token) =>
    {
        var paper = await db.SeasonPapers.SingleOrDefaultAsync(p => p.Id == id, token) ?? throw new NotFound();
        await ChangeableAsync(db, paper.SeasonId, token);
        await DemandUnconfirmedAsync(db, id, token);
        db.SeasonPapers.Remove(paper);
        await db.SaveChangesAsync(token);
        await CompletePapersAsync(db, paper.SeasonId, token);
        return new Written(paper.SeasonId, id);
    }, ct);

    /// <summary>
    /// Adds one desk time, or with minutes one after the other while they fit, and returns the id of the first. Refuses at its field a day outside
    /// the season, and a beginning that there is already.
    /// </summary>
    public Task<long> AddDeskTimesAsync(long seasonId, DeskTimeForm form, CancellationToken ct = default)
    {
        TimeRules.Demand(form);
        return WriteAsync("desk times added", async (db, token) =>
        {
            var season = await ChangeableAsync(db, seasonId, token);
            DemandWithin(season, form.Day!.Value);
            List<DeskTime> times = [.. Split(form).Select(t => new DeskTime(seasonId, form.Day.Value, t.From, t.Until, form.Capacity!.Value))];
            if (times.Count == 0) throw Rejected.At<SeasonsText>(nameof(DeskTimeForm.Minutes), "MinutesTooMany");
            await DemandFewAsync(db.DeskTimes.Where(t => t.SeasonId == seasonId), token, times.Count);
            foreach (var time in times) await DemandFreeAsync(db, time, token);
            db.DeskTimes.AddRange(times);
            await db.SaveChangesAsync(token);
            return new Written(seasonId, times[0].Id);
        }, ct);
    }

    /// <summary>
    /// Changes a desk time. While students have booked it, day and times stay, and there is room for all of them.
    /// </summary>
    public Task SaveDeskTimeAsync(long id, DeskTimeForm form, CancellationToken ct = default)
    {
        TimeRules.Demand(form);
        return WriteAsync("desk time changed", async (db, token) =>
        {
            var time = await db.DeskTimes.SingleOrDefaultAsync(t => t.Id == id, token) ?? throw new NotFound();
            var season = await ChangeableAsync(db, time.SeasonId, token);
            if (time.Version != form.Version) throw new Stale(await db.LastChangedByAsync<DeskTime>(id, token), null);
            DemandWithin(season, form.Day!.Value);
            var booked = await db.Freshmen.CountAsync(f => f.DeskTimeId == id, token);
            if (form.Capacity < booked) throw Rejected.At<SeasonsText>(nameof(DeskTimeForm.Capacity), "CapacityBelow", booked);
            if (booked > 0 && (time.Day, time.From, time.Until) != (form.Day.Value, form.From!.Value, form.Until!.Value))
                throw Rejected.At<SeasonsText>(nameof(DeskTimeForm.From), "DeskTimeBooked", booked);
            time.Set(form.Day.Value, form.From!.Value, form.Until!.Value, form.Capacity!.Value);
            await DemandFreeAsync(db, time, token);
            return new Written(time.SeasonId, id);
        }, ct);
    }

    /// <summary>Removes a desk time that nobody has booked.</summary>
    public Task RemoveDeskTimeAsync(long id, CancellationToken ct = default) => WriteAsync("desk time removed", async (db, token) =>
    {
        var time = await db.DeskTimes.SingleOrDefaultAsync(t => t.Id == id, token) ?? throw new NotFound();
        await ChangeableAsync(db, time.SeasonId, token);
        if (await db.Freshmen.CountAsync(f => f.DeskTimeId == id, token) is var booked and > 0) throw Rejected.Because<SeasonsText>("DeskTimeBooked", booked);
        db.DeskTimes.Remove(time);
        return new Written(time.SeasonId, id);
    }, ct);

    private static LocalName TitleOf(SeasonPaperForm form) => new(form.Title!, form.TitleEn ?? "");

    private static LocalName TextOf(SeasonPaperForm form) => new(form.Text!, form.TextEn ?? "");

    private static IEnumerable<(TimeOnly From, TimeOnly Until)> Split(DeskTimeForm form)
    {
        var (from, until) = (form.From!.Value, form.Until!.Value);
        if (form.Minutes is not { } minutes) return [(from, until)];
        var count = (int)((until - from).TotalMinutes / minutes);
        return Enumerable.Range(0, count).Select(n => (from.AddMinutes(n * minutes), from.AddMinutes((n + 1) * minutes)));
    }

    private static void DemandWithin(OnboardingSeason season, DateOnly day)
    {
        if (day < season.FirstDay || day > season.LastDay) throw Rejected.At<SeasonsText>(nameof(DeskTimeForm.Day), "DayOutside");
    }

    private static async Task DemandFreeAsync(LogisticsDb db, DeskTime time, CancellationToken ct)
    {
        if (await db.DeskTimes.AnyAsync(t => t.SeasonId == time.SeasonId && t.Day == time.Day && t.From == time.From && t.Id != time.Id, ct))
            throw Rejected.At<SeasonsText>(nameof(DeskTimeForm.From), "DeskTimeTaken");
    }

    private static async Task DemandOpenFeesAsync(LogisticsDb db, long seasonId, CancellationToken ct)
    {
        if (await db.Freshmen.AnyAsync(
            f => f.SeasonId == seasonId && (f.FeesPaidAt != null || f.FeesDeferredAt != null || f.PaymentNumber != null || f.FeesFen > 0), ct))
        {
            throw Rejected.Because<SeasonsText>("FeesFixed");
        }
    }

    private static async Task DemandUnconfirmedAsync(LogisticsDb db, long paperId, CancellationToken ct)
    {
        if (await db.PaperReceipts.CountAsync(r => r.PaperId == paperId, ct) is var confirmed and > 0)
            throw Rejected.Because<SeasonsText>("PaperConfirmed", confirmed);
    }

    private static async Task DemandFewAsync<T>(IQueryable<T> there, CancellationToken ct, int more = 1)
    {
        if (await there.CountAsync(ct) + more > OnboardingLimits.Parts) throw Rejected.Because<SeasonsText>("TooMany", OnboardingLimits.Parts);
    }

    /// <summary>Who has confirmed every paper that is left has done the step.</summary>
    private async Task CompletePapersAsync(LogisticsDb db, long seasonId, CancellationToken ct)
    {
        var (papers, receipts) = (db.SeasonPapers.Where(p => p.SeasonId == seasonId), db.PaperReceipts);
        if (!await papers.AnyAsync(ct)) return;
        var done = await db.Freshmen.AsNoTracking()
            .Where(f => f.SeasonId == seasonId && f.PapersConfirmedAt == null && f.CheckedInAt == null && f.WithdrawnAt == null
                && papers.All(p => receipts.Any(r => r.PaperId == p.Id && r.FreshmanId == f.Id))).ToListAsync(ct);
        using var bulk = new BulkWriter(db);
        bulk.Change(done, f => f.ConfirmPapers(office.Now), ct);
        foreach (var freshman in done) db.Announce(new KeyChanged(OnboardingTopics.Freshmen, freshman.PersonId));
    }

    private static async Task ReopenPapersAsync(LogisticsDb db, long seasonId, CancellationToken ct)
    {
        var done = await db.Freshmen.AsNoTracking()
            .Where(f => f.SeasonId == seasonId && f.PapersConfirmedAt != null && f.CheckedInAt == null && f.WithdrawnAt == null).ToListAsync(ct);
        using var bulk = new BulkWriter(db);
        bulk.Change(done, f => f.ReopenPapers(), ct);
        foreach (var freshman in done) db.Announce(new KeyChanged(OnboardingTopics.Freshmen, freshman.PersonId));
    }
}
