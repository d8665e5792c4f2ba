using System.Text.RegularExpressions;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Tests;

/// <summary>Money is exact: no binary fractions in the model, none for amounts in the sources.</summary>
internal static partial class ArchitectureRules
{
    public static IEnumerable<string> StoredNumbersAreExact(IModel model) =>
        from entity in model.GetEntityTypes()
        from property in entity.GetProperties()
        let type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
        where type == typeof(double) || type == typeof(float) || (type == typeof(decimal) && property.GetTypeMapping().Converter is not ScaledDecimalConverter)
        select $"{entity.DisplayName()}.{property.Name} is a {type.Name}: amounts are fen in a long, "
            + $"other numbers are scaled by {nameof(ScaledDecimalConverter)}.";

    public static IEnumerable<string> AmountsAreNoBinaryFractions(string path, string text) =>
        from Match found in BinaryAmount().Matches(Code(text))
        select $"{path} has {found.Value}: amounts are exact, see Money.";

    [GeneratedRegex(@"\b(double|float)\??\s+_?\w*([Pp]rice|[Aa]mount|[Cc]ost|[Ff]en|[Yy]uan|[Mm]oney)(?![a-z])\w*")]
    private static partial Regex BinaryAmount();
}
