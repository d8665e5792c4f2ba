using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Reads settled statements. The office reads all of them, anybody else their own.</summary>
public sealed class MoveOutQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    private const int MostFound = 500, MostOwn = 20;

    /// <summary>A window of <see cref="MoveOutFilter.PageSize"/> statements, the newest first, and how many match.</summary>
    public async Task<MoveOutWindow> ListAsync(MoveOutFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await FilteredAsync(db, filter, ct);
        var page = found.OrderByDescending(s => s.Id).Skip((filter.Page - 1) * MoveOutFilter.PageSize).Take(MoveOutFilter.PageSize);
        return new MoveOutWindow(await Rows(db, page).ToListAsync(ct), await found.CountAsync(ct));
    }

    /// <summary>All statements of the filter, the newest first.</summary>
    public async IAsyncEnumerable<MoveOutRow> AllAsync(MoveOutFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        await foreach (var row in Rows(db, await FilteredAsync(db, filter, ct)).AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    /// <exception cref="NotFound">There is no such statement.</exception>
    public async Task<MoveOutView> FindAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ViewAsync(db, db.MoveOutStatements.AsNoTracking().Where(s => s.Id == id), ct);
    }

    /// <exception cref="NotFound">There is no such statement.</exception>
    public async Task<MoveOutView> FindAsync(string number, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ViewAsync(db, db.MoveOutStatements.AsNoTracking().Where(s => s.Number == number), ct);
    }

    /// <summary>The signed-in person's own statements, the newest first.</summary>
    public async Task<IReadOnlyList<MoveOutRow>> MineAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, db.MoveOutStatements.AsNoTracking().Where(s => s.PersonId == me).OrderByDescending(s => s.Id).Take(MostOwn)).ToListAsync(ct);
    }

    /// <exception cref="NotFound">It is not the signed-in person's.</exception>
    public async Task<MoveOutView> FindMineAsync(long id, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ViewAsync(db, db.MoveOutStatements.AsNoTracking().Where(s => s.Id == id && s.PersonId == me), ct);
    }

    /// <exception cref="NotFound">It is not the signed-in person's.</exception>
    public async Task<MoveOutView> FindMineAsync(string number, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ViewAsync(db, db.MoveOutStatements.AsNoTracking().Where(s => s.Number == number && s.PersonId == me), ct);
    }

    /// <summary>People whose name or number matches, those who live somewhere first.</summary>
    public async Task<IReadOnlyList<MoveOutPerson>> PeopleAsync(string typed, int take = 12, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        if (string.IsNullOrWhiteSpace(typed)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.SearchIds<Person>(typed, MostFound).ToListAsync(ct);
        var people =
            from person in db.Users.AsNoTracking()
            where found.Contains(person.Id)
            join r in db.Set<Room>() on person.RoomId equals r.Id into homes
            from room in homes.DefaultIfEmpty()
            orderby person.RoomId == null, person.Id
            select new MoveOutPerson(person.Id, person.FullName, person.Number, room == null ? null : room.Building.Name + " " + room.Code);
        return await people.Take(take).ToListAsync(ct);
    }

    private async Task<MoveOutView> ViewAsync(LogisticsDb db, IQueryable<MoveOutStatement> one, CancellationToken ct)
    {
        var statement = await one.SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var row = await Rows(db, one).SingleAsync(ct);
        var key = LedgerAccount.PersonKey(statement.PersonId);
        var account = await db.LedgerAccounts.AsNoTracking().Where(a => a.Key == key).Select(a => new { a.Id, a.BalanceFen }).SingleOrDefaultAsync(ct);
        var waiting = await db.SettledShares.Where(s => s.Statement == statement.Number && s.BillNumber == null && s.TakenBackAt == null)
            .SumAsync(s => s.AmountFen - s.BilledFen, ct);
        var stay = await db.Set<Occupancy>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == statement.OccupancyId, ct);
        var first = stay is null ? statement.LeavingDay : (await OpenStay.OfAsync(db, office, stay, ct)).First;
        var refund = await db.MoneyProposals.Where(p => p.Id == statement.ProposalId).Select(p => (MoneyProposalState?)p.State).SingleOrDefaultAsync(ct);
        return new MoveOutView(
            row, new MoveOutStay(row.PersonId, row.Person, row.PersonNumber, row.Building, row.Room, first, stay?.Until is not null),
            MoveOutFigures.Parse(statement.Proof), new Money(waiting), new Money(account?.BalanceFen ?? 0), account?.Id, refund,
            await ReversalAsync(db, statement.Id, ct), user.Actor.IsManagement && row is { TakenBackAt: null, ReversalWaits: false });
    }

    private async Task<ReversalRow?> ReversalAsync(LogisticsDb db, long statementId, CancellationToken ct)
    {
        var (people, actor, me) = (db.Users, user.Actor, user.ActorOrNull?.PersonId);
        var found = await db.MoveOutReversals.AsNoTracking()
            .Where(r => r.StatementId == statementId && (r.State == MoneyProposalState.Waiting || r.State == MoneyProposalState.Approved))
            .Select(r => new
            {
                Reversal = r,
                By = people.Where(p => p.Id == r.ProposedById).Select(p => p.FullName).First(),
                ApprovedBy = people.Where(p => p.Id == r.DecidedById).Select(p => p.FullName).FirstOrDefault(),
            }).SingleOrDefaultAsync(ct);
        if (found is not { Reversal: var reversal }) return null;
        var (isOpen, by) = (reversal.State == MoneyProposalState.Waiting && actor.IsManagement, reversal.ProposedById);
        var roles = isOpen ? (await MoneyService.RolesAsync(db, [by], ct))[by].ToList() : [];
        return new ReversalRow(
            reversal.Id, reversal.Reason, found.By, reversal.ProposedAt, found.ApprovedBy, reversal.DecidedAt, isOpen && by == me, isOpen && by != me,
            isOpen && FeesAccess.AreTwo(actor, by, roles));
    }

    private static async Task<IQueryable<MoveOutStatement>> FilteredAsync(LogisticsDb db, MoveOutFilter filter, CancellationToken ct)
    {
        var statements = db.MoveOutStatements.AsNoTracking();
        if (filter.Text is not { } typed) return statements;
        var number = typed.Trim().ToUpperInvariant();
        var rooms = (await db.FindRoomsAsync(typed, MostFound, ct)).Select(r => r.Id).ToList();
        var people = await db.SearchIds<Person>(typed, MostFound).ToListAsync(ct);
        return statements.Where(s => s.Number == number || rooms.Contains(s.RoomId) || people.Contains(s.PersonId));
    }

    private static IQueryable<MoveOutRow> Rows(LogisticsDb db, IQueryable<MoveOutStatement> statements) =>
        from statement in statements
        join person in db.Users on statement.PersonId equals person.Id
        join room in db.Set<Room>() on statement.RoomId equals room.Id
        join s in db.Users on statement.SettledById equals s.Id into settlers
        from settler in settlers.DefaultIfEmpty()
        orderby statement.Id descending
        select new MoveOutRow(
            statement.Id, statement.Number, person.Id, person.FullName, person.Number, new LocalName(room.Building.Name, room.Building.NameEn), room.Code,
            statement.LeavingDay, new Money(statement.ChargesFen), new Money(statement.RoomPartFen), new Money(statement.OwnFen),
            new Money(statement.ResultFen), statement.Way, statement.ReceiptNumber, settler.FullName, statement.SettledAt,
            new Money(statement.GivenBackFen), statement.TakenBackAt,
            db.Set<MoveOutReversal>().Any(r => r.StatementId == statement.Id && r.State == MoneyProposalState.Waiting));
}
