using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>Tells apart, in the key of a draft, what is too long to be named there. Not for secrets.</summary>
public static class ShortHash
{
    private const int Bytes = 8;

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..Bytes]);

    /// <summary>The hash of a selection, in whatever order it was made.</summary>
    public static string Of(IEnumerable<long> ids) => Of(string.Join(',', ids.Order()));
}
