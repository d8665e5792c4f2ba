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

/// <summary>Reads settled statements. For the office; for anybody else there are none.</summary>
public sealed class MoveOutQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    private const int MostFound = 500;

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
        var waiting = await db.SettledShares.Where(s => s.Statement == statement.Number && s.BillNumber == null).SumAsync(s => s.AmountFen - s.BilledFen, ct);
        var stay = await db.Set<Occupancy>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == statement.OccupancyId, ct);
        var first = stay is null ? statement.LeavingDay : (await OpenStay.OfAsync(db, office, stay, ct)).First;
        var refund = await db.MoneyProposals.Where(p => p.Id == statement.ProposalId).Select(p => (MoneyProposalState?)p.State).SingleOrDefaultAsync(ct);
        return new MoveOutView(
            row, new MoveOutStay(row.PersonId, row.Person, row.PersonNumber, row.Building, row.Room, first, stay?.Until is not null),
            MoveOutFigures.Parse(statement.Proof), new Money(waiting), new Money(account?.BalanceFen ?? 0), account?.Id, refund);
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
            new Money(statement.ResultFen), statement.Way, statement.ReceiptNumber, settler.FullName, statement.SettledAt);
}
