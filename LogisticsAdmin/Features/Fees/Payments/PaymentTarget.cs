namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Whose account is paid for.</summary>
public enum PaymentTarget
{
    /// <summary>That of the room where the payer lives.</summary>
    Room = 1,

    /// <summary>The payer's own.</summary>
    Own = 2,
}
