using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>What the ledger calls the payments of freshmen.</summary>
public static class FreshmanReference
{
    public const string Prefix = "freshman:";

    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}");

    public static long? IdOf(string reference) => TypedId.Parse(reference.AsSpan(Prefix.Length));
}
