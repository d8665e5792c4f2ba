using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Messages about accounts and cut-offs, to be written inside the write of what they are about.</summary>
public sealed class ArrearsNotices(CurrentUser user, OfficeTime office)
{
    private const int Chunk = 500, MaxAbout = 100;

    /// <summary>Notes a notice about an account, and tells these people.</summary>
    public void Remind(LogisticsDb db, LedgerAccount account, FeeNoticeKind kind, IReadOnlyCollection<long> people, string? about)
    {
        var (now, today) = (office.Now, office.Today);
        db.FeeNotices.Add(new FeeNotice(account.Id, kind, account.BalanceFen, people.Count, user.ActorOrNull?.PersonId, today, now));
        var (message, fen) = kind == FeeNoticeKind.Arrears
            ? (ArrearsNotificationKind.Arrears, -account.BalanceFen) : (ArrearsNotificationKind.LowBalance, account.BalanceFen);
        Tell(db, people, message, Day(today), fen.ToString(CultureInfo.InvariantCulture), about is { Length: > MaxAbout } ? about[..MaxAbout] : about);
        db.Announce(new KeyChanged(ArrearsTopics.Reminders, 0));
    }

    /// <summary>Tells these people about a cut-off.</summary>
    public void Tell(LogisticsDb db, IEnumerable<long> people, int kind, CutOffOrder order) =>
        Tell(db, people, kind, order.Number, kind == ArrearsNotificationKind.CutOffAnnounced ? Day(order.NotBefore) : null, null);

    /// <summary>
    /// Tells the technician who has a cut-off that its supply is to be restored, and the management where nobody has it or they do not work here any more.
    /// </summary>
    public async Task TellToRestoreAsync(LogisticsDb db, CutOffOrder order, CancellationToken ct)
    {
        if (order.TechnicianId is { } technician && await Holders(db, [Role.Technician]).AnyAsync(p => p.Id == technician, ct))
        {
            Tell(db, [technician], ArrearsNotificationKind.CutOffWork, order);
            return;
        }
        if (order.TechnicianId is not null) order.Release();
        Tell(db, await Holders(db, RoleGroups.Management).Select(p => p.Id).ToListAsync(ct), ArrearsNotificationKind.RestoreUnassigned, order);
    }

    /// <summary>Who has one of these roles and may sign in.</summary>
    public static IQueryable<Person> Holders(LogisticsDb db, IEnumerable<Role> roles)
    {
        var (held, ids) = (db.UserRoles, roles.Select(r => (long)r).ToList());
        return db.Users.AsNoTracking().Where(p =>
            p.RetiredAt == null && p.Status != PersonStatus.Disabled && held.Any(r => r.UserId == p.Id && ids.Contains(r.RoleId)));
    }

    /// <summary>Who lives in these rooms now, by room.</summary>
    public static async Task<ILookup<long, long>> ResidentsAsync(LogisticsDb db, IEnumerable<long> rooms, CancellationToken ct)
    {
        List<(long Room, long Person)> found = [];
        foreach (var some in rooms.Distinct().Chunk(Chunk))
        {
            found.AddRange((await db.Users.AsNoTracking().Where(p => p.RoomId != null && some.Contains(p.RoomId.Value) && p.RetiredAt == null)
                .OrderBy(p => p.Id).Select(p => new { Room = p.RoomId!.Value, p.Id }).ToListAsync(ct)).Select(p => (p.Room, p.Id)));
        }
        return found.ToLookup(f => f.Room, f => f.Person);
    }

    /// <summary>Who pays into each of these accounts, by the account's id: the residents of a room, or the person. Nobody who has left.</summary>
    public static async Task<ILookup<long, long>> PayersAsync(LogisticsDb db, IReadOnlyCollection<LedgerAccount> accounts, CancellationToken ct)
    {
        var residents = await ResidentsAsync(db, accounts.Select(a => a.RoomId).OfType<long>(), ct);
        HashSet<long> present = [];
        foreach (var some in accounts.Select(a => a.PersonId).OfType<long>().Distinct().Chunk(Chunk))
            present.UnionWith(await db.Users.Where(p => some.Contains(p.Id) && p.RetiredAt == null).Select(p => p.Id).ToListAsync(ct));
        return accounts.SelectMany(a => a.RoomId is { } room ? residents[room].Select(p => (Account: a.Id, Person: p))
            : a.PersonId is { } person && present.Contains(person) ? [(a.Id, person)] : []).ToLookup(x => x.Account, x => x.Person);
    }

    /// <summary>What rooms are called, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> PlacesAsync(LogisticsDb db, IEnumerable<long> rooms, CancellationToken ct)
    {
        Dictionary<long, string> found = [];
        foreach (var some in rooms.Distinct().Chunk(Chunk))
        {
            var named = db.Rooms.AsNoTracking().Where(r => some.Contains(r.Id)).Select(r => new { r.Id, r.Building.Name, r.Code });
            foreach (var room in await named.ToListAsync(ct)) found[room.Id] = $"{room.Name} {room.Code}";
        }
        return found;
    }

    private void Tell(LogisticsDb db, IEnumerable<long> people, int kind, string subject, string? detail, string? about)
    {
        foreach (var person in people)
        {
            db.Inbox.Add(new InboxItem(person, kind, subject, detail, office.Now, about));
            db.Announce(new KeyChanged(InboxService.Topic, person));
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
