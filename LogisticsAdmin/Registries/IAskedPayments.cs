using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>
/// A part of the app that asks people for payments through <see cref="IPersonalAccounts.AskAsync"/>. It is needed by <see cref="IPersonalAccounts"/>, and
/// so cannot need that itself: the service that asks is another one.
/// </summary>
public interface IAskedPayments
{
    /// <summary>What its references begin with, colon included, such as <c>order:</c>.</summary>
    string Prefix { get; }

    /// <summary>Whether a payment for this reference is still wanted. Asked inside the write that opens a way to pay it.</summary>
    Task<bool> IsWantedAsync(LogisticsDb db, string reference, CancellationToken ct);

    /// <summary>
    /// Says that a reference was paid. Called once for each, inside the write that books the payment. False when nothing is wanted for it any more:
    /// the money then stays on the person's account.
    /// </summary>
    Task<bool> PaidAsync(LogisticsDb db, string reference, CancellationToken ct);
}
