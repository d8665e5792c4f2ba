using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Security;

/// <summary>
/// A printed code that replaces a password once: 80 random bits in four groups of four letters, without letters that look alike.
/// Only its SHA-256 is stored; 80 bits need no slow hash.
/// </summary>
public static class OneTimeCode
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How long a code is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public static string New() => string.Join('-', RandomNumberGenerator.GetString(Letters, 16).Chunk(4).Select(group => new string(group)));

    /// <summary>The stored form of a code as typed; case, spaces, dashes and look-alike letters don't matter.</summary>
    public static string Hash(string code)
    {
        var plain = new StringBuilder(code.Length);
        foreach (var letter in code.ToUpperInvariant())
        {
            if (letter is '-' || char.IsWhiteSpace(letter)) continue;
            plain.Append(letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter });
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(plain.ToString())));
    }
}
