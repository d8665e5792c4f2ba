using System.Globalization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>
/// What the ledger calls the payment of a damage. The amount is part of it: another amount is another payment, and what was paid for an earlier one
/// stays on the person's account.
/// </summary>
public static class DamageReference
{
    public const string Prefix = "damage:";

    public static string Of(long leaverId, long fen) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{leaverId}:{fen}");

    /// <summary>Id and amount, or null when it is none.</summary>
    public static (long LeaverId, long Fen)? Parse(string reference)
    {
        if (!reference.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = reference[Prefix.Length..].Split(':');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var fen) ? (id, fen) : null;
    }
}
