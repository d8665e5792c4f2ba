using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// People's own accounts, for parts of the app that people pay in. Called inside the caller's write, so that both are stored or neither; the caller
/// asks for rights.
/// </summary>
public interface IPersonalAccounts
{
    /// <summary>Whether a payment that is asked for can be paid: there is a way to pay without cash.</summary>
    bool CanAsk { get; }

    /// <summary>What the person has; zero without an account.</summary>
    Task<Money> BalanceAsync(LogisticsDb db, long personId, CancellationToken ct);

    /// <summary>
    /// Takes an amount from the account, once for each <paramref name="reference"/> such as order:12: false when it was taken before.
    /// </summary>
    /// <exception cref="Rejected">The account has less.</exception>
    Task<bool> ChargeAsync(LogisticsDb db, long personId, string reference, Money amount, CancellationToken ct);

    /// <summary>Gives back what was taken for this <paramref name="reference"/>, whole and once: false when nothing was taken, or it was given back.</summary>
    Task<bool> RefundAsync(LogisticsDb db, string reference, CancellationToken ct);

    /// <summary>
    /// Asks the person for a payment of an amount for this <paramref name="reference"/>, and returns the number of the order with which they pay it at
    /// <c>my/pay</c>. Asked again it is the same order. When it is paid, it is taken from the account as by <see cref="ChargeAsync"/>, and
    /// <see cref="IAskedPayments.PaidAsync"/> of the asking part is told once; <see cref="RefundAsync"/> gives it back to the account.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was asked before for another person or amount, or no part has this reference's prefix.</exception>
    Task<string> AskAsync(LogisticsDb db, long personId, string reference, Money amount, CancellationToken ct);
}
