using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Tells who moved out what their statement comes to: the subject is its number, the argument the result in fen.</summary>
internal sealed class MoveOutNotificationKind : INotificationKind
{
    public const int Settled = 78;

    /// <summary>The argument of a statement that was taken back.</summary>
    public const string TakenBack = "taken-back";

    private static readonly LocalName OfRefund = LocalName.Of<MoveOutText>("Message.Refund"), OfDebt = LocalName.Of<MoveOutText>("Message.Debt"),
        OfNothing = LocalName.Of<MoveOutText>("Message.Nothing"), OfTakenBack = LocalName.Of<MoveOutText>("Message.TakenBack");

    public int Id => Settled;
    public string Icon => "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6";
    public IReadOnlyList<Role> Recipients { get; } = Enum.GetValues<Role>();
    public LocalName Label { get; } = LocalName.Of<MoveOutText>("MessageLabel");
    public LocalName? Group { get; } = LocalName.Of<PaymentsText>("Message.Group");

    public LocalName TextFor(string? argument)
    {
        if (argument == TakenBack) return OfTakenBack;
        var fen = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stored) ? stored : 0;
        var (pattern, amount) = (fen > 0 ? OfRefund : fen < 0 ? OfDebt : OfNothing, new Money(Math.Abs(fen)).ToString(null, CultureInfo.InvariantCulture));
        return new LocalName(
            string.Format(CultureInfo.InvariantCulture, pattern.Zh, amount), string.Format(CultureInfo.InvariantCulture, pattern.En, amount));
    }

    public string Address(Actor reader, string subject) => "my/fees";
}
