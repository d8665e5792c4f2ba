using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>
/// The parts list and the crews' rates. Dispatchers may read, managers and administrators may change; anybody else gets
/// <see cref="Forbidden"/>. A new price applies to uses recorded from now on.
/// </summary>
public sealed class PartsService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PartsUndo undo, ILogger<PartsService> log)
{
    /// <summary>Topic of the feed: the parts list or a rate changed.</summary>
    public const string Topic = "repair-parts";

    private static readonly PartFormValidator PartRules = new();
    private static readonly LabourRateFormValidator RateRules = new();

    /// <summary>A window of <see cref="PartFilter.PageSize"/> parts, and the total number of matches.</summary>
    public async Task<PartWindow> ListAsync(PartFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandParts();
        await using var db = await databases.CreateDbContextAsync(ct);
        var total = await Filtered(db, filter).CountAsync(ct);
        var items = await Rows(db, filter, Math.Max(0, filter.Skip), PartFilter.PageSize).ToListAsync(ct);
        return new PartWindow(items, total);
    }

    /// <summary>All parts that match the filter, in its order.</summary>
    public async Task<IReadOnlyList<PartRow>> AllAsync(PartFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandParts();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, filter, 0, int.MaxValue).ToListAsync(ct);
    }

    /// <summary>All prices of a part, the current one first.</summary>
    public async Task<IReadOnlyList<PriceRow>> HistoryAsync(long partId, CancellationToken ct = default)
    {
        user.Actor.DemandParts();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from price in db.PartPrices.AsNoTracking()
            where price.PartId == partId
            join p in db.People on price.SetById equals p.Id into people
            from setter in people.DefaultIfEmpty()
            orderby price.Id descending
            select new PriceRow(price.Price, price.From, price.Until, setter.FullName)).ToListAsync(ct);
    }

    /// <summary>The current hourly rate of each crew that is not retired.</summary>
    public async Task<IReadOnlyList<RateRow>> RatesAsync(CancellationToken ct = default)
    {
        user.Actor.DemandParts();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from crew in db.Crews.AsNoTracking().Living()
            join r in db.LabourRates.Where(r => r.Until == null) on crew.Id equals r.CrewId into rates
            from rate in rates.DefaultIfEmpty()
            orderby crew.Id
            select new RateRow(crew.Id, new LocalName(crew.Name, crew.NameEn),
                rate == null ? null : rate.Id, rate == null ? null : rate.PricePerHour, rate == null ? null : rate.From)).ToListAsync(ct);
    }

    /// <summary>All hourly rates of a crew, the current one first.</summary>
    public async Task<IReadOnlyList<PriceRow>> RateHistoryAsync(long crewId, CancellationToken ct = default)
    {
        user.Actor.DemandParts();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from rate in db.LabourRates.AsNoTracking()
            where rate.CrewId == crewId
            join p in db.People on rate.SetById equals p.Id into people
            from setter in people.DefaultIfEmpty()
            orderby rate.Id descending
            select new PriceRow(rate.PricePerHour, rate.From, rate.Until, setter.FullName)).ToListAsync(ct);
    }

    /// <summary>Adds a part. Refuses, at the field, a code that another part has, even a retired one.</summary>
    public Task<long> CreateAsync(PartForm form, CancellationToken ct = default)
    {
        PartRules.Demand(form);
        return WriteAsync("created", async (db, me, token) =>
        {
            var part = new Part(form.Code!, NameOf(form), UnitOf(form), form.Price!.Value, me, clock.GetUtcNow());
            if (await db.Parts.AnyAsync(p => p.Code == part.Code, token)) throw Rejected.At<CostsText>(nameof(PartForm.Code), "CodeTaken", part.Code);
            db.Parts.Add(part);
            await db.SaveChangesAsync(token);
            return part.Id;
        }, ct);
    }

    /// <summary>Changes names, units or the price; the code stays. Throws <see cref="Stale"/> if the part changed since the form was opened.</summary>
    public Task SaveAsync(long id, PartForm form, CancellationToken ct = default)
    {
        PartRules.Demand(form);
        return ActAsync(PartAct.Edit, id, async (db, part, me, token) =>
        {
            if (part.Version != form.Version) throw await StaleAsync(db, part, token);
            part.Describe(NameOf(form), UnitOf(form));
            part.SetPrice(form.Price!.Value, me, clock.GetUtcNow());
        }, ct);
    }

    /// <summary>停用: no longer offered; recorded uses are kept.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ActAsync(PartAct.Retire, id, (_, part, me, _) =>
    {
        part.Retire(me, clock.GetUtcNow());
        return Task.CompletedTask;
    }, ct);

    /// <summary>恢复: offered again, at its last price.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) => ActAsync(PartAct.Restore, id, (_, part, _, _) =>
    {
        part.Restore();
        return Task.CompletedTask;
    }, ct);

    /// <summary>
    /// Sets a crew's hourly rate from now on. Setting the current rate again changes nothing. Throws <see cref="Stale"/> if somebody set
    /// another one since the form was opened.
    /// </summary>
    public Task SetRateAsync(long crewId, LabourRateForm form, CancellationToken ct = default)
    {
        RateRules.Demand(form);
        return WriteAsync("rate set", async (db, me, token) =>
        {
            if (!await db.Crews.Living().AnyAsync(c => c.Id == crewId, token)) throw new NotFound();
            var current = await db.LabourRates.SingleOrDefaultAsync(r => r.CrewId == crewId && r.Until == null, token);
            if (current?.PricePerHour == form.PricePerHour) return crewId;
            if (current?.Id != form.ExpectedRateId) throw await StaleAsync(db, current, token);
            var now = clock.GetUtcNow();
            current?.End(now);
            // End the old rate first: a unique index allows one current rate per crew.
            await db.SaveChangesAsync(token);
            db.LabourRates.Add(new LabourRate(crewId, form.PricePerHour!.Value, me, now));
            return crewId;
        }, ct);
    }

    private async Task ActAsync(PartAct act, long id, Func<LogisticsDb, Part, long, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(act.ToString(), async (db, me, token) =>
        {
            var part = await FindAsync(db, id, token);
            step = await undo.RecordAsync(db, act.ToString(), [id], () => work(db, part, me, token), token);
            return id;
        }, ct);
        undo.Offer(step);
    }

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, long, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandManagement();
            var changed = await work(db, user.PersonId, token);
            db.Announce(new KeyChanged(Topic, changed));
            return changed;
        }, ct);
        log.PartsChanged(what, id, user.ActorOrNull?.PersonId);
        return id;
    }

    private static async Task<Part> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.Parts.Include(p => p.Prices.Where(x => x.Until == null)).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();

    private static async Task<Stale> StaleAsync(LogisticsDb db, Part part, CancellationToken ct) =>
        new Stale(await db.LastChangedByAsync<Part>(part.Id, ct), part.Code);

    private static async Task<Stale> StaleAsync(LogisticsDb db, LabourRate? rate, CancellationToken ct) => new Stale(
        rate?.SetById is { } setter ? await db.People.Where(p => p.Id == setter).Select(p => p.FullName).FirstOrDefaultAsync(ct) : null,
        rate?.PricePerHour.ToString("N2", CultureInfo.CurrentCulture));

    private static LocalName NameOf(PartForm form) => new(form.Name!, form.NameEn ?? "");

    private static LocalName UnitOf(PartForm form) => new(form.Unit!, form.UnitEn ?? "");

    private static IQueryable<PartRow> Rows(LogisticsDb db, PartFilter filter, int skip, int take)
    {
        var rows =
            from part in Filtered(db, filter)
            join price in db.PartPrices.Where(p => p.Until == null) on part.Id equals price.PartId
            select new { Part = part, price.Price, price.From };
        var sorted = ((filter.Sort, filter.Descending) switch
        {
            (PartSort.Name, false) => rows.OrderBy(r => r.Part.Name),
            (PartSort.Name, true) => rows.OrderByDescending(r => r.Part.Name),
            (PartSort.Price, false) => rows.OrderBy(r => r.Price),
            (PartSort.Price, true) => rows.OrderByDescending(r => r.Price),
            (_, false) => rows.OrderBy(r => r.Part.Code),
            (_, true) => rows.OrderByDescending(r => r.Part.Code),
        }).ThenBy(r => r.Part.Id);
        return sorted.Skip(skip).Take(take).Select(r => new PartRow(
            r.Part.Id, r.Part.Version, r.Part.Code, new LocalName(r.Part.Name, r.Part.NameEn), new LocalName(r.Part.Unit, r.Part.UnitEn),
            r.Price, r.From, r.Part.RetiredAt));
    }

    private static IQueryable<Part> Filtered(LogisticsDb db, PartFilter filter)
    {
        var parts = db.Parts.AsNoTracking();
        if (filter.State == PartState.Current) parts = parts.Living();
        if (filter.State == PartState.Retired) parts = parts.Where(p => p.RetiredAt != null);
        return parts.Named(filter.Text);
    }
}
