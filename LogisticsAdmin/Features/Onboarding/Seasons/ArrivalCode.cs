using System.Security.Cryptography;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>报到码: ten characters of an alphabet of 32, 50 random bits, without letters that look like digits.</summary>
public static class ArrivalCode
{
    public const int Length = 10;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>In two groups, as people read it out.</summary>
    public static string Show(string code) => code.Length == Length ? $"{code[..5]} {code[5..]}" : code;

    /// <summary>What was typed or scanned, as it is stored; null when it can't be a code.</summary>
    public static string? Parse(string? typed)
    {
        var code = string.Concat((typed ?? "").ToUpperInvariant().Where(c => c is not (' ' or '-'))).Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }
}
