using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// A message about bills, balances and cut-offs. The subject is the number of a bill or a cut-off, of reminders the day; the argument an amount in
/// fen, or a day.
/// </summary>
internal sealed class ArrearsNotificationKind : INotificationKind
{
    public const int BillIssued = 70, LowBalance = 71, Arrears = 72, CutOffAnnounced = 73, CutOffDone = 74, Restored = 75, CutOffWork = 76,
        RestoreUnassigned = 77;

    /// <summary>All of them, for registration.</summary>
    public static readonly int[] All = [BillIssued, LowBalance, Arrears, CutOffAnnounced, CutOffDone, Restored, CutOffWork, RestoreUnassigned];

    private static readonly LocalName OfFees = LocalName.Of<ArrearsText>("Message.Group"), Owes = LocalName.Of<ArrearsText>("Message.LowBalanceOwed");

    private readonly LocalName _pattern;

    public ArrearsNotificationKind(int id)
    {
        var key = id switch
        {
            BillIssued => "BillIssued",
            LowBalance => "LowBalance",
            Arrears => "Arrears",
            CutOffAnnounced => "CutOffAnnounced",
            CutOffDone => "CutOffDone",
            Restored => "Restored",
            CutOffWork => "CutOffWork",
            RestoreUnassigned => "RestoreUnassigned",
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
        };
        (Id, Label, _pattern) = (id, LocalName.Of<ArrearsText>($"MessageLabel.{key}"), LocalName.Of<ArrearsText>($"Message.{key}"));
    }

    public int Id { get; }
    public string Icon => Id is BillIssued or LowBalance or Arrears ? "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6" : "M13 3 5 14h6l-1 7 8-11h-6z";
    public IReadOnlyList<Role> Recipients => Id switch
    {
        CutOffWork => [Role.Technician],
        RestoreUnassigned => RoleGroups.Management,
        _ => Enum.GetValues<Role>(),
    };
    public bool IsUrgent => Id is CutOffAnnounced or CutOffDone or RestoreUnassigned;
    public LocalName Label { get; }
    public LocalName? Group => OfFees;

    public LocalName TextFor(string? argument)
    {
        var fen = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stored) ? stored : 0;
        // A balance below nothing is told as what is owed.
        var pattern = Id == LowBalance && fen < 0 ? Owes : _pattern;
        var said = Id == CutOffAnnounced ? DayOf(argument) : new Money(Math.Abs(fen)).ToString(null, CultureInfo.InvariantCulture);
        return new LocalName(string.Format(CultureInfo.InvariantCulture, pattern.Zh, said), string.Format(CultureInfo.InvariantCulture, pattern.En, said));
    }

    public string Address(Actor reader, string subject) => Id switch
    {
        CutOffWork => "jobs/cut-offs",
        RestoreUnassigned => $"fees/arrears/cut-offs?state={CutOffState.ToRestore}",
        LowBalance or Arrears => PaymentAddresses.Mine,
        _ => "my/fees",
    };

    /// <summary>What is cut off where, and which bill it is, as far as the reader may know it now.</summary>
    public async Task<IReadOnlyDictionary<string, LocalName>?> TitlesAsync(
        LogisticsDb db, Actor reader, IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        if (Id is LowBalance or Arrears) return null;
        if (reader.PersonId is not { } me) return new Dictionary<string, LocalName>();
        var (kinds, rooms, people) = (db.FeeKinds, db.Rooms, db.Users);
        if (Id == BillIssued)
        {
            var bills = await db.Bills.AsNoTracking().Where(b => subjects.Contains(b.Number) && b.Shares.Any(s => s.PersonId == me))
                .Join(kinds, b => b.FeeKindId, k => k.Id, (b, k) => new { b.Number, b.Period, k.Name, k.NameEn }).ToListAsync(ct);
            return bills.ToDictionary(b => b.Number, b => new LocalName($"{b.Name} {b.Period}", $"{b.NameEn} {b.Period}"));
        }
        var orders = db.CutOffOrders.AsNoTracking().Where(o => subjects.Contains(o.Number));
        var manages = reader.IsManagement;
        orders = Id switch
        {
            CutOffWork => orders.Where(o => o.TechnicianId == me),
            RestoreUnassigned => orders.Where(o => manages),
            _ => orders.Where(o => people.Any(p => p.Id == me && p.RoomId == o.RoomId)),
        };
        var found = await (
            from order in orders
            join kind in kinds on order.FeeKindId equals kind.Id
            join room in rooms on order.RoomId equals room.Id
            select new { order.Number, kind.Name, kind.NameEn, Building = room.Building.Name, BuildingEn = room.Building.NameEn, room.Code })
            .ToListAsync(ct);
        return found.ToDictionary(o => o.Number, o => new LocalName($"{o.Name} {o.Building} {o.Code}", $"{o.NameEn} {o.BuildingEn} {o.Code}"));
    }

    private static string DayOf(string? argument) =>
        DateOnly.TryParseExact(argument, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? argument! : "—";
}
