using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Security;

/// <summary>A code that opens something once: 80 random bits that a person can read and type. Only <see cref="HashOf"/> is ever kept.</summary>
public static class SecretCode
{
    // Without I, L, O and U, which are misread.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>16 characters of 5 bits each.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, 16);

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant()));

    /// <summary>Takes the same time whatever is wrong.</summary>
    public static bool Matches(string code, byte[] hash) => CryptographicOperations.FixedTimeEquals(HashOf(code), hash);
}
