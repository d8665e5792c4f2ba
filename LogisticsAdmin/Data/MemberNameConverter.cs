using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Data;

/// <summary>
/// Stores the name of an enum member as the member's number, for a slice that only knows the name because the enum belongs to a slice above
/// it. The audit log displays the member as it does for properties of the enum's type.
/// </summary>
public sealed class MemberNameConverter<TEnum>() : ValueConverter<string, int>(
    name => Convert.ToInt32(Enum.Parse<TEnum>(name), CultureInfo.InvariantCulture), number => Enum.ToObject(typeof(TEnum), number).ToString()!), IMemberNames
    where TEnum : struct, Enum
{
    public Type EnumType => typeof(TEnum);
}

/// <summary>Names the enum whose member names a text property contains.</summary>
public interface IMemberNames
{
    Type EnumType { get; }
}
