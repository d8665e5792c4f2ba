using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>
/// What a statement is computed from and what it comes to. <paramref name="RoomBalanceFen"/>: of the room's account, which <paramref
/// name="RoomPeople"/> people share. <paramref name="OwnFen"/>: the balance of the person's account. <paramref name="Backs"/>: what is given back.
/// </summary>
public sealed record MoveOutFigures(
    DateOnly LeavingDay, IReadOnlyList<MoveOutReading> Readings, IReadOnlyList<MoveOutLine> Lines, long RoomBalanceFen, int RoomPeople, long RoomPartFen,
    long OwnFen, IReadOnlyList<MoveOutBack>? Backs = null)
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    [JsonIgnore]
    public Money Charges => new(Lines.Sum(l => l.AmountFen));

    [JsonIgnore]
    public Money GivenBack => new(Backs?.Sum(b => b.AmountFen) ?? 0);

    [JsonIgnore]
    public Money RoomBalance => new(RoomBalanceFen);

    [JsonIgnore]
    public Money RoomPart => new(RoomPartFen);

    [JsonIgnore]
    public Money Own => new(OwnFen);

    /// <summary>Above zero is refunded, below zero is owed.</summary>
    [JsonIgnore]
    public Money Result => Own + RoomPart - Charges + GivenBack;

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public static MoveOutFigures Parse(string json) =>
        JsonSerializer.Deserialize<MoveOutFigures>(json, Format) ?? throw new FormatException("A stored statement is empty.");
}

/// <summary>A meter with the readings from the last bill to the day of leaving.</summary>
public sealed record MoveOutReading(
    LocalName Kind, LocalName Unit, string Number, DateOnly OpeningDay, decimal Opening, DateOnly ClosingDay, decimal Closing, bool IsEstimate, decimal Usage);

/// <summary>
/// What is given back of a bill that reaches beyond the stay: <paramref name="Days"/> of the <paramref name="OfDays"/> days that the person was charged for,
/// from <paramref name="First"/> on. <paramref name="ChargedFen"/>: what the bill and its corrections charged them.
/// </summary>
public sealed record MoveOutBack(
    long KindId, LocalName Kind, long BillId, string Bill, string Period, DateOnly First, DateOnly Last, int Days, int OfDays, long ChargedFen, long AmountFen)
{
    [JsonIgnore]
    public Money Charged => new(ChargedFen);

    [JsonIgnore]
    public Money Amount => new(AmountFen);
}

/// <summary>
/// The person's part of a kind of fee that is not billed yet. <paramref name="TotalFen"/>: what the bill would be, of which <paramref name="AmountFen"/> is
/// the part for the person's days from <paramref name="First"/> to <paramref name="Last"/>. With a <paramref name="Gap"/> nothing is settled.
/// </summary>
public sealed record MoveOutLine(
    long KindId, LocalName Kind, LocalName Unit, bool IsOfRoom, string Period, DateOnly First, DateOnly Last, decimal Usage, bool IsEstimate, long TotalFen,
    long AmountFen, MoveOutGap? Gap = null)
{
    [JsonIgnore]
    public int Days => Last.DayNumber - First.DayNumber + 1;

    [JsonIgnore]
    public Money Total => new(TotalFen);

    [JsonIgnore]
    public Money Amount => new(AmountFen);
}
