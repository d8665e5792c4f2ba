using System.Globalization;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>What the ledger calls the payments of freshmen.</summary>
public static class FreshmanReference
{
    public const string Prefix = "freshman:";

    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}");

    public static long? IdOf(string reference) =>
        long.TryParse(reference.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
