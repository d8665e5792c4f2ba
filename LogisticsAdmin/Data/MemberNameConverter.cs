using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Data;

/// <summary>
/// Stores the name of an enum's member as the member's number, for a slice that keeps the name because it stands below the slice of the
/// enum. The audit log shows the member in words, as it does for properties of the enum's type.
/// </summary>
public sealed class MemberNameConverter<TEnum>() : ValueConverter<string, int>(
    name => Convert.ToInt32(Enum.Parse<TEnum>(name), CultureInfo.InvariantCulture), number => Enum.ToObject(typeof(TEnum), number).ToString()!), IMemberNames
    where TEnum : struct, Enum
{
    public Type EnumType => typeof(TEnum);
}

/// <summary>Says whose members the text of a property names.</summary>
public interface IMemberNames
{
    Type EnumType { get; }
}
