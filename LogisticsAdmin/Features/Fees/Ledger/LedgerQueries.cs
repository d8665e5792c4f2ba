using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>
/// Reads accounts and their statements. The office reads all; everybody reads their own account and that of the room where they live, without the
/// names of others. What somebody may not read does not exist for them.
/// </summary>
public sealed class LedgerQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    public const int StatementSize = 50;

    private const int MostFound = 500;

    /// <summary>A window of <see cref="AccountFilter.PageSize"/> accounts, and how many match.</summary>
    public async Task<AccountWindow> ListAsync(AccountFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var accounts = await FilteredAsync(db, filter, ct);
        return new AccountWindow(
            await Rows(db, accounts, filter).Skip(Math.Max(0, filter.Skip)).Take(AccountFilter.PageSize).ToListAsync(ct), await accounts.CountAsync(ct));
    }

    /// <summary>All accounts that match the filter, in its order.</summary>
    public async IAsyncEnumerable<AccountRow> AllAsync(AccountFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        await foreach (var row in Rows(db, await FilteredAsync(db, filter, ct), filter).AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    /// <exception cref="NotFound">There is none, or it is not the reader's.</exception>
    public async Task<AccountRow> FindAsync(long id, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandReaderAsync(db, actor, id, ct);
        return await Rows(db, db.LedgerAccounts.AsNoTracking().Where(a => a.Id == id), new AccountFilter()).SingleAsync(ct);
    }

    /// <summary>The account of the room where the acting person lives, and their own one. Null where nothing was ever posted.</summary>
    public async Task<(AccountRow? Room, AccountRow? Own)> MineAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var room = await db.Users.Where(p => p.Id == me).Select(p => p.RoomId).FirstAsync(ct);
        List<string> keys = [LedgerAccount.PersonKey(me), LedgerAccount.RoomKey(room ?? 0)];
        var found = await Rows(db, db.LedgerAccounts.AsNoTracking().Where(a => keys.Contains(a.Key)), new AccountFilter()).ToListAsync(ct);
        return (found.Find(a => a.Kind == LedgerAccountKind.Room), found.Find(a => a.Kind == LedgerAccountKind.Person));
    }

    /// <summary>
    /// The newest entries of an account, or those older than the entry <paramref name="before"/> or newer than <paramref name="after"/>; the newest
    /// first.
    /// </summary>
    public async Task<Page<StatementRow>> StatementAsync(long id, long? before = null, long? after = null, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandReaderAsync(db, actor, id, ct);
        var entries = db.LedgerEntries.AsNoTracking().Where(e => e.AccountId == id);
        if (after is { } newer)
        {
            var above = await Statement(db, entries.Where(e => e.Id > newer).OrderBy(e => e.Id).Take(StatementSize + 1), actor).ToListAsync(ct);
            // Fewer than a page: then it is the newest one.
            if (above.Count >= StatementSize)
            {
                return new Page<StatementRow>(
                    [.. above.OrderBy(e => e.Id).Take(StatementSize).Reverse()], MoreBefore: above.Count > StatementSize, MoreAfter: true);
            }
        }
        else if (before is { } older)
        {
            entries = entries.Where(e => e.Id < older);
        }
        var found = await Statement(db, entries.OrderByDescending(e => e.Id).Take(StatementSize + 1), actor).ToListAsync(ct);
        var items = found.OrderByDescending(e => e.Id).Take(StatementSize).ToList();
        return new Page<StatementRow>(items, MoreBefore: before is not null && after is null, MoreAfter: found.Count > StatementSize);
    }

    /// <summary>All entries of an account, the oldest first.</summary>
    public async IAsyncEnumerable<StatementRow> WholeStatementAsync(long id, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandReaderAsync(db, actor, id, ct);
        var entries = Statement(db, db.LedgerEntries.AsNoTracking().Where(e => e.AccountId == id).OrderBy(e => e.Id), actor);
        await foreach (var row in entries.AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    /// <summary>Whether somebody may read an account: the office, its person, or who lives in its room now.</summary>
    internal static async Task<bool> MayReadAsync(LogisticsDb db, Actor actor, long accountId, CancellationToken ct)
    {
        if (actor.IsOffice) return await db.LedgerAccounts.AnyAsync(a => a.Id == accountId, ct);
        if (actor.PersonId is not { } me) return false;
        var people = db.Users;
        return await db.LedgerAccounts.AnyAsync(
            a => a.Id == accountId && (a.PersonId == me || (a.RoomId != null && people.Any(p => p.Id == me && p.RoomId == a.RoomId))), ct);
    }

    private static async Task DemandReaderAsync(LogisticsDb db, Actor actor, long id, CancellationToken ct)
    {
        if (!await MayReadAsync(db, actor, id, ct)) throw new NotFound();
    }

    private static async Task<IQueryable<LedgerAccount>> FilteredAsync(LogisticsDb db, AccountFilter filter, CancellationToken ct)
    {
        var accounts = db.LedgerAccounts.AsNoTracking();
        accounts = filter.Kind is { } kind
            ? accounts.Where(a => a.Kind == kind)
            : accounts.Where(a => a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person);
        accounts = filter.State switch
        {
            AccountState.Debt => accounts.Where(a => a.BalanceFen < 0),
            AccountState.Credit => accounts.Where(a => a.BalanceFen > 0),
            AccountState.Zero => accounts.Where(a => a.BalanceFen == 0),
            _ => accounts,
        };
        if (filter.Text is not { } typed) return accounts;
        var rooms = (await db.FindRoomsAsync(typed, MostFound, ct)).Select(r => (long?)r.Id).ToList();
        var people = await db.SearchIds<Person>(typed, MostFound).Select(id => (long?)id).ToListAsync(ct);
        return accounts.Where(a => rooms.Contains(a.RoomId) || people.Contains(a.PersonId));
    }

    private static IQueryable<AccountRow> Rows(LogisticsDb db, IQueryable<LedgerAccount> accounts, AccountFilter filter)
    {
        var joined =
            from account in accounts
            join r in db.Rooms on account.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join p in db.Users on account.PersonId equals p.Id into people
            from person in people.DefaultIfEmpty()
            join k in db.FeeKinds on account.FeeKindId equals k.Id into kinds
            from feeKind in kinds.DefaultIfEmpty()
            select new { Account = account, Room = room, Person = person, FeeKind = feeKind };
        var sorted = ((filter.Sort, filter.Descending) switch
        {
            (AccountSort.Balance, false) => joined.OrderBy(j => j.Account.BalanceFen),
            (AccountSort.Balance, true) => joined.OrderByDescending(j => j.Account.BalanceFen),
            (AccountSort.Newest, false) => joined.OrderBy(j => j.Account.LastEntryAt),
            (AccountSort.Newest, true) => joined.OrderByDescending(j => j.Account.LastEntryAt),
            (_, false) => joined.OrderBy(j => j.Account.Kind).ThenBy(j => j.Room.BuildingId).ThenBy(j => j.Room.Code.Length).ThenBy(j => j.Room.Code)
                .ThenBy(j => j.Person.Number),
            (_, true) => joined.OrderByDescending(j => j.Account.Kind).ThenByDescending(j => j.Room.BuildingId).ThenByDescending(j => j.Room.Code.Length)
                .ThenByDescending(j => j.Room.Code).ThenByDescending(j => j.Person.Number),
        }).ThenBy(j => j.Account.Id);
        return sorted.Select(j => new AccountRow
        {
            Id = j.Account.Id,
            Kind = j.Account.Kind,
            Key = j.Account.Key,
            RoomId = j.Account.RoomId,
            Building = j.Room == null ? null : new LocalName(j.Room.Building.Name, j.Room.Building.NameEn),
            Room = j.Room == null ? null : new LocalName(j.Room.Name, j.Room.NameEn),
            PersonId = j.Account.PersonId,
            Person = j.Person == null ? null : j.Person.FullName,
            PersonNumber = j.Person == null ? null : j.Person.Number,
            FeeKind = j.FeeKind == null ? null : new LocalName(j.FeeKind.Name, j.FeeKind.NameEn),
            Balance = new Money(j.Account.BalanceFen),
            Entries = j.Account.Entries,
            LastEntryAt = j.Account.LastEntryAt,
        });
    }

    private static IQueryable<StatementRow> Statement(LogisticsDb db, IQueryable<LedgerEntry> entries, Actor reader)
    {
        var showsNames = reader.IsOffice;
        return
            from entry in entries
            join transaction in db.LedgerTransactions on entry.TransactionId equals transaction.Id
            join b in db.Users on transaction.ById equals b.Id into bys
            from poster in bys.DefaultIfEmpty()
            join a in db.Users on transaction.ApprovedById equals a.Id into approvers
            from approver in approvers.DefaultIfEmpty()
            orderby entry.Id
            select new StatementRow(
                entry.Id, transaction.At, transaction.Kind, transaction.Reference, transaction.Text, new Money(entry.AmountFen), new Money(entry.BalanceFen),
                showsNames ? poster.FullName : null, showsNames ? approver.FullName : null);
    }
}
