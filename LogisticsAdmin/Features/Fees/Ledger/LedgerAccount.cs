using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>账户. Its balance is kept and equals the sum of its entries; the database never holds one without the other.</summary>
public sealed class LedgerAccount : Versioned
{
    private LedgerAccount() { }

    private LedgerAccount(LedgerAccountKind kind, string key) => (Kind, Key) = (kind, key);

    public LedgerAccountKind Kind { get; private set; }

    /// <summary>One account for each: room:12, person:5, revenue:3, gateway:sandbox, cash, subsidy, opening, orders, move-out.</summary>
    public string Key { get; private set; } = "";
    public long? RoomId { get; private set; }
    public long? PersonId { get; private set; }
    public long? FeeKindId { get; private set; }

    /// <summary>The sum of all entries. Residents' accounts are positive while they have credit.</summary>
    public long BalanceFen { get; private set; }
    public int Entries { get; private set; }
    public DateTimeOffset? LastEntryAt { get; private set; }

    public static string RoomKey(long roomId) => string.Create(CultureInfo.InvariantCulture, $"room:{roomId}");

    public static string PersonKey(long personId) => string.Create(CultureInfo.InvariantCulture, $"person:{personId}");

    public static LedgerAccount OfRoom(long roomId) => new(LedgerAccountKind.Room, RoomKey(roomId)) { RoomId = roomId };

    public static LedgerAccount OfPerson(long personId) => new(LedgerAccountKind.Person, PersonKey(personId)) { PersonId = personId };

    public static LedgerAccount OfRevenue(long kindId) =>
        new(LedgerAccountKind.Revenue, string.Create(CultureInfo.InvariantCulture, $"revenue:{kindId}")) { FeeKindId = kindId };

    public static LedgerAccount OfGateway(string gateway) => new(LedgerAccountKind.Gateway, $"gateway:{gateway}");

    /// <summary>Cash, subsidy, opening, orders or move-out: one account each.</summary>
    public static LedgerAccount OfOffice(LedgerAccountKind kind) => new(kind, kind switch
    {
        LedgerAccountKind.Cash => "cash",
        LedgerAccountKind.Subsidy => "subsidy",
        LedgerAccountKind.Opening => "opening",
        LedgerAccountKind.Orders => "orders",
        LedgerAccountKind.MoveOut => "move-out",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are several accounts of this kind."),
    });

    internal void Add(long fen, DateTimeOffset at) => (BalanceFen, Entries, LastEntryAt) = (checked(BalanceFen + fen), Entries + 1, at);
}
