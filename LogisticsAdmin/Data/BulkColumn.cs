using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data;

/// <summary>One column: its name, its value as the property returns it, and its value as stored.</summary>
public sealed class BulkColumn(IProperty property, Func<object, object?> read)
{
    private readonly Func<object?, object?>? _convert = property.GetTypeMapping().Converter?.ConvertToProvider;

    public IProperty Property { get; } = property;
    public string Name { get; } = property.GetColumnName();
    public RelationalTypeMapping Mapping { get; } = property.GetRelationalTypeMapping();
    public Func<object, object?> Read { get; } = read;

    public object Stored(object row) =>
        (Read(row) is { } value ? _convert is null ? value : _convert(value) : null) ?? DBNull.Value;
}
