using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>
/// What the ledger calls the payment of a damage. The amount and the room are part of it: another one is another payment, and what was paid for an
/// earlier one stays on the person's account.
/// </summary>
public static class DamageReference
{
    public const string Prefix = "damage:";

    /// <summary>Without a room for inspections from before it was recorded.</summary>
    public static string Of(Leaver leaver) => leaver.InspectedRoomId is { } room
        ? string.Create(CultureInfo.InvariantCulture, $"{Prefix}{leaver.Id}:{leaver.DamageFen}:{room}")
        : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{leaver.Id}:{leaver.DamageFen}");

    /// <summary>Whose damage it is, or null when it is none.</summary>
    public static long? LeaverOf(string reference)
    {
        if (!reference.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return TypedId.Parse(reference[Prefix.Length..].Split(':')[0]);
    }
}
