using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// A message to a payer: the subject is the order's number, the argument the amount in fen. Of a payment that was credited to a room, its receipt's number.
/// </summary>
internal sealed class PaymentNotificationKind : INotificationKind
{
    public const int Received = 60, PaidTwice = 61, Refunded = 62, Credited = 79;

    private static readonly LocalName OfPayments = LocalName.Of<PaymentsText>("Message.Group");

    private readonly LocalName _pattern;

    public PaymentNotificationKind(int id)
    {
        var key = id switch
        {
            Received => "Received",
            PaidTwice => "PaidTwice",
            Refunded => "Refunded",
            Credited => "Credited",
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
        };
        (Id, Label, _pattern) = (id, LocalName.Of<PaymentsText>($"MessageLabel.{key}"), LocalName.Of<PaymentsText>($"Message.{key}"));
    }

    public int Id { get; }
    public string Icon => "M3 7h18v10H3zM3 11h18M7 15h4";
    public IReadOnlyList<Role> Recipients { get; } = Enum.GetValues<Role>();
    public LocalName Label { get; }
    public LocalName? Group => OfPayments;

    public LocalName TextFor(string? argument)
    {
        var fen = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stored) ? stored : 0;
        var amount = new Money(fen).ToString(null, CultureInfo.InvariantCulture);
        return new LocalName(
            string.Format(CultureInfo.InvariantCulture, _pattern.Zh, amount), string.Format(CultureInfo.InvariantCulture, _pattern.En, amount));
    }

    public string Address(Actor reader, string subject) => Id == Credited ? PaymentAddresses.Receipt(subject) : PaymentAddresses.Order(subject);
}
