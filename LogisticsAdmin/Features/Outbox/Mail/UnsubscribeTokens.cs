using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>
/// The tokens in links for unsubscribing: they name a person and a kind, are signed and encrypted with the app's keys, and last as long as these
/// are kept.
/// </summary>
public sealed class UnsubscribeTokens(IDataProtectionProvider protection)
{
    /// <summary>In place of a kind: everything that comes in the daily digest.</summary>
    public const int Digest = 0;

    private const int LongestToken = 600;

    private readonly IDataProtector _protector = protection.CreateProtector("Outbox.Unsubscribe");

    public string Of(long personId, int kind)
    {
        Span<byte> named = stackalloc byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64BigEndian(named, personId);
        BinaryPrimitives.WriteInt32BigEndian(named[sizeof(long)..], kind);
        return Base64Url.EncodeToString(_protector.Protect(named.ToArray()));
    }

    /// <summary>Null for a token that this app did not make.</summary>
    public (long PersonId, int Kind)? Read(string? token)
    {
        if (token is null or { Length: 0 or > LongestToken } || !Base64Url.IsValid(token)) return null;
        try
        {
            var named = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            return named.Length == sizeof(long) + sizeof(int)
                ? (BinaryPrimitives.ReadInt64BigEndian(named), BinaryPrimitives.ReadInt32BigEndian(named.AsSpan(sizeof(long))))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
