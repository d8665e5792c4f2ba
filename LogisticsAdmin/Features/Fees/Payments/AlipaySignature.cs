using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>RSA2: SHA-256 with RSA over the fields in the order of their names, as key=value joined with ampersands, without empty ones.</summary>
internal sealed class AlipaySignature : IDisposable
{
    private const int ShortestKey = 2048;

    private readonly RSA _own, _theirs;

    public AlipaySignature(string privateKey, string publicKey) => (_own, _theirs) = (PrivateKey(privateKey), PublicKey(publicKey));

    public static bool IsPrivateKey(string? key) => IsKey(() => PrivateKey(key ?? ""));

    public static bool IsPublicKey(string? key) => IsKey(() => PublicKey(key ?? ""));

    public string Sign(IReadOnlyDictionary<string, string> fields)
    {
        var content = Encoding.UTF8.GetBytes(Content(fields, "sign"));
        // An instance of RSA serves one thread at a time.
        lock (_own) return Convert.ToBase64String(_own.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>Whether Alipay signed these fields of a message.</summary>
    public bool Verifies(IReadOnlyDictionary<string, string> fields) =>
        fields.TryGetValue("sign", out var sign) && fields.GetValueOrDefault("sign_type", "RSA2") == "RSA2"
        && Verifies(ContentOf(fields), sign);

    /// <summary>What the signature of a message is over: not the order, encoding and empty fields with which it arrived.</summary>
    public static string ContentOf(IReadOnlyDictionary<string, string> fields) => Content(fields, "sign", "sign_type");

    /// <summary>Whether Alipay signed this text of an answer.</summary>
    public bool Verifies(string content, string sign)
    {
        var signature = new byte[sign.Length];
        if (!Convert.TryFromBase64String(sign, signature, out var length)) return false;
        var data = Encoding.UTF8.GetBytes(content);
        lock (_theirs) return _theirs.VerifyData(data, signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose()
    {
        _own.Dispose();
        _theirs.Dispose();
    }

    private static string Content(IReadOnlyDictionary<string, string> fields, params string[] without) => string.Join('&', fields
        .Where(f => f.Value.Length > 0 && !without.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));

    private static RSA PrivateKey(string key) => Import(key, (rsa, bytes) =>
    {
        try
        {
            rsa.ImportPkcs8PrivateKey(bytes, out _);
        }
        catch (CryptographicException)
        {
            rsa.ImportRSAPrivateKey(bytes, out _);
        }
    });

    private static RSA PublicKey(string key) => Import(key, (rsa, bytes) => rsa.ImportSubjectPublicKeyInfo(bytes, out _));

    private static RSA Import(string key, Action<RSA, byte[]> import)
    {
        var lines = key.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('-'));
        var rsa = RSA.Create();
        try
        {
            import(rsa, Convert.FromBase64String(string.Concat(lines)));
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    private static bool IsKey(Func<RSA> read)
    {
        try
        {
            using var key = read();
            return key.KeySize >= ShortestKey;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
