using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Cut-offs and restores. The office approves, assigns and takes back; the technician who has one confirms it. Whether something may be cut off is asked
/// inside the write that confirms it.
/// </summary>
public sealed class CutOffService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, ArrearsNotices notices, OfficeTime office)
{
    private const int MostFound = 500;

    private static readonly CutOffAssignFormValidator AssignRules = new();
    private static readonly TakeBackFormValidator TakeBackRules = new();
    private static readonly CutOffDoneFormValidator DoneRules = new();

    /// <summary>A window of <see cref="CutOffFilter.PageSize"/> cut-offs, and how many match.</summary>
    public async Task<CutOffWindow> ListAsync(CutOffFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = await FilteredAsync(db, filter, ct);
        var page = orders.OrderByDescending(o => o.Id).Skip((filter.Page - 1) * CutOffFilter.PageSize).Take(CutOffFilter.PageSize);
        return new CutOffWindow(await Rows(db, page).ToListAsync(ct), await orders.CountAsync(ct));
    }

    /// <summary>All cut-offs of the filter, the newest first.</summary>
    public async Task<IReadOnlyList<CutOffRow>> AllAsync(CutOffFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, (await FilteredAsync(db, filter, ct)).OrderByDescending(o => o.Id)).ToListAsync(ct);
    }

    /// <summary>Who may be assigned.</summary>
    public async Task<IReadOnlyList<ArrearsChoice>> TechniciansAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ArrearsNotices.Holders(db, [Role.Technician]).OrderBy(p => p.Pinyin).ThenBy(p => p.Id)
            .Select(p => new ArrearsChoice(p.Id, new LocalName(p.FullName, p.FullName))).ToListAsync(ct);
    }

    /// <summary>Approves what is proposed. Refused when nothing of the kind is cut off any more.</summary>
    public Task ApproveAsync(long id, CancellationToken ct = default) => WriteAsync(id, async (db, order, me, token) =>
    {
        order.Approve(me, office.Now);
        await DemandCutOffsAsync(db, order, token);
    }, ct);

    /// <summary>
    /// Gives an approved cut-off, or a restore, to a technician, who is told. A cut-off is refused when nothing of the kind is cut off any more.
    /// </summary>
    public Task AssignAsync(long id, CutOffAssignForm form, CancellationToken ct = default)
    {
        AssignRules.Demand(form);
        return WriteAsync(id, async (db, order, me, token) =>
        {
            var technician = form.TechnicianId!.Value;
            if (!await ArrearsNotices.Holders(db, [Role.Technician]).AnyAsync(p => p.Id == technician, token))
                throw Rejected.At<ArrearsText>(nameof(CutOffAssignForm.TechnicianId), "NoTechnician");
            var before = order.TechnicianId;
            order.Assign(technician, me);
            if (order.State == CutOffState.Assigned) await DemandCutOffsAsync(db, order, token);
            if (before != technician) notices.Tell(db, [technician], ArrearsNotificationKind.CutOffWork, order);
        }, ct);
    }

    /// <summary>Takes a cut-off back with a reason; one that is carried out is to be restored, although the debt remains.</summary>
    public Task TakeBackAsync(long id, TakeBackForm form, CancellationToken ct = default)
    {
        TakeBackRules.Demand(form);
        return WriteAsync(id, async (db, order, me, token) =>
        {
            order.TakeBack(me, CleanText.Clean(form.Because), office.Now);
            if (order.State == CutOffState.ToRestore) await notices.TellToRestoreAsync(db, order, token);
        }, ct);
    }

    /// <summary>What the acting technician has to cut off and to restore, restores first.</summary>
    public async Task<CutOffTasks> MineAsync(CancellationToken ct = default)
    {
        DemandTechnician();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var (kinds, rooms) = (db.FeeKinds, db.Rooms);
        var tasks = await (
            from order in db.CutOffOrders.AsNoTracking()
            where order.TechnicianId == me && (order.State == CutOffState.Assigned || order.State == CutOffState.ToRestore)
            join kind in kinds on order.FeeKindId equals kind.Id
            join room in rooms on order.RoomId equals room.Id
            orderby order.State descending, room.Building.Code, room.Code, order.Id
            select new CutOffTask(
                order.Id, order.Number, order.State, new LocalName(kind.Name, kind.NameEn), new LocalName(room.Building.Name, room.Building.NameEn),
                room.Code, order.NotBefore, order.PaidAt)).ToListAsync(ct);
        return new CutOffTasks(tasks, await CutOffHours.NowAsync(db, office, ct));
    }

    /// <summary>
    /// Confirms that the supply is cut off. Refused outside working time, on weekends and holidays, in examination weeks, before the days of notice are
    /// over, when the debt is paid, and when nothing of the kind is cut off any more. What was carried out before a payment took it back is confirmed
    /// within a day, and is to be restored. Confirming again changes nothing.
    /// </summary>
    public Task CutAsync(long id, CutOffDoneForm form, CancellationToken ct = default) => ConfirmAsync(id, form, async (db, order, me, note, token) =>
    {
        if (order.State is CutOffState.Cut or CutOffState.ToRestore && order.CutById == me) return;
        if (order.MayBeCutAlready(office.Now))
        {
            if (await db.CutOffOrders.AnyAsync(
                o => o.RoomId == order.RoomId && o.FeeKindId == order.FeeKindId && !CutOffMoves.Ended.Contains(o.State), token))
            {
                throw Rejected.Because<ArrearsText>("NewerCutOff");
            }
            order.ReportCut(me, note, office.Now);
            await notices.TellToRestoreAsync(db, order, token);
            return;
        }
        if (CutOffMoves.After(order.State, CutOffVerb.Cut) is not null)
        {
            await DemandCutOffsAsync(db, order, token);
            if (await CutOffHours.NowAsync(db, office, token) is { } obstacle)
                throw Rejected.Because<ArrearsText>("NotNow", LocalName.Of<ArrearsText>($"CutOffObstacle.{obstacle}"));
            if (order.NotBefore > office.Today) throw Rejected.Because<ArrearsText>("NoticeRuns", order.NotBefore.ToString("yyyy-MM-dd", null));
            if (order.IsSettledBy((await CutOffWatch.UnpaidAsync(db, [order], office.Today, token))[order.Id]))
                throw Rejected.Because<ArrearsText>("PaidAlready");
        }
        order.Cut(me, note, office.Now);
        await TellResidentsAsync(db, ArrearsNotificationKind.CutOffDone, order, token);
    }, ct);

    /// <summary>Confirms that the supply is restored, at any time. Confirming again changes nothing.</summary>
    public Task RestoreAsync(long id, CutOffDoneForm form, CancellationToken ct = default) => ConfirmAsync(id, form, async (db, order, me, note, token) =>
    {
        if (order.State == CutOffState.Restored && order.RestoredById == me) return;
        order.Restore(me, note, office.Now);
        await TellResidentsAsync(db, ArrearsNotificationKind.Restored, order, token);
    }, ct);

    private async Task TellResidentsAsync(LogisticsDb db, int kind, CutOffOrder order, CancellationToken ct) =>
        notices.Tell(db, (await ArrearsNotices.ResidentsAsync(db, [order.RoomId], ct))[order.RoomId], kind, order);

    // An administrator may have turned cut-offs of the kind off since it was announced.
    private static async Task DemandCutOffsAsync(LogisticsDb db, CutOffOrder order, CancellationToken ct)
    {
        if (!(await ArrearsReader.TermsAsync(db, ct)).TryGetValue(order.FeeKindId, out var terms) || !terms.MayCutOff)
            throw Rejected.Because<ArrearsText>("CutOffsAreOff");
    }

    private void DemandTechnician()
    {
        if (!user.Actor.Is(Role.Technician)) throw new NotFound();
    }

    private async Task ConfirmAsync(
        long id, CutOffDoneForm form, Func<LogisticsDb, CutOffOrder, long, string?, CancellationToken, Task> work, CancellationToken ct)
    {
        DoneRules.Demand(form);
        var note = string.IsNullOrWhiteSpace(form.Note) ? null : form.Note.Trim();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            DemandTechnician();
            var me = user.PersonId;
            // That of a colleague is none.
            var order = await db.CutOffOrders.SingleOrDefaultAsync(o => o.Id == id && o.TechnicianId == me, token) ?? throw new NotFound();
            await work(db, order, me, note, token);
            db.Announce(new KeyChanged(ArrearsTopics.CutOffs, id));
        }, ct);
    }

    private async Task WriteAsync(long id, Func<LogisticsDb, CutOffOrder, long, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            var order = await db.CutOffOrders.SingleOrDefaultAsync(o => o.Id == id, token) ?? throw new NotFound();
            await work(db, order, user.PersonId, token);
            db.Announce(new KeyChanged(ArrearsTopics.CutOffs, id));
        }, ct);
    }

    private static async Task<IQueryable<CutOffOrder>> FilteredAsync(LogisticsDb db, CutOffFilter filter, CancellationToken ct)
    {
        var (orders, rooms) = (db.CutOffOrders.AsNoTracking(), db.Rooms);
        if (filter.State is { } state) orders = orders.Where(o => o.State == state);
        else if (!filter.WithEnded) orders = orders.Where(o => !CutOffMoves.Ended.Contains(o.State));
        if (filter.KindId is { } kind) orders = orders.Where(o => o.FeeKindId == kind);
        if (filter.BuildingId is { } building) orders = orders.Where(o => rooms.Any(r => r.Id == o.RoomId && r.BuildingId == building));
        if (filter.Text is not { } typed) return orders;
        var number = typed.Trim().ToUpperInvariant();
        var found = (await db.FindRoomsAsync(typed, MostFound, ct)).Select(r => r.Id).ToList();
        return orders.Where(o => o.Number == number || found.Contains(o.RoomId));
    }

    private static IQueryable<CutOffRow> Rows(LogisticsDb db, IQueryable<CutOffOrder> orders) =>
        from order in orders
        join kind in db.FeeKinds on order.FeeKindId equals kind.Id
        join room in db.Rooms on order.RoomId equals room.Id
        join t in db.Users on order.TechnicianId equals t.Id into technicians
        from technician in technicians.DefaultIfEmpty()
        orderby order.Id descending
        select new CutOffRow(
            order.Id, order.Number, order.State, new LocalName(kind.Name, kind.NameEn), new LocalName(room.Building.Name, room.Building.NameEn), room.Code,
            new Money(order.DebtFen), order.AnnouncedAt, order.NotBefore, technician == null ? null : technician.FullName, order.CutAt, order.CutNote,
            order.PaidAt, order.TakenBackBecause, order.RestoredAt, order.RestoreNote);
}
