using System.Collections;
using System.Linq.Expressions;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data;

/// <summary>
/// How rows of one entity are written in bulk: EF's own compiled getters and converters for each column, made once for a model.
/// </summary>
internal sealed class BulkTable
{
    private readonly List<(Func<object, object?> Principal, Action<object, object> Take)> _links = [];

    private BulkTable(IEntityType entity)
    {
        if (entity.BaseType is not null || entity.GetDirectlyDerivedTypes().Any() || entity.GetTableName() is not { } name)
            throw new NotSupportedException($"{entity.DisplayName()} has no table of its own.");
        (Entity, Name) = (entity, name);
        Columns = [.. entity.GetProperties().Select(p => new BulkColumn(p, Reader(p)))];
        var key = entity.FindPrimaryKey()!.Properties;
        if (key is [{ ValueGenerated: ValueGenerated.OnAdd } id] && id.ClrType == typeof(long)) Id = (id, Setter(id));
        if (entity.FindProperty(nameof(Versioned.Version)) is { } version && version.ClrType == typeof(long)) SetVersion = Setter(version);
        foreach (var link in entity.GetForeignKeys())
        {
            if (link is not { DependentToPrincipal: { } up, Properties: [var own], PrincipalKey.Properties: [var theirs] } || own.IsShadowProperty()) continue;
            var (principal, get, set) = (up.GetGetter(), theirs.GetGetter(), ValueSetter(own));
            _links.Add((principal.GetClrValue, (row, to) => set(row, get.GetClrValue(to))));
        }
        Children = [.. entity.GetNavigations().Where(n => n is { IsCollection: true, IsOnDependent: false, ForeignKey.Properties: [{ } own] } && !own.IsShadowProperty())
            .Select(n => (n.TargetEntityType, Get: (Func<object, IEnumerable?>)(row => (IEnumerable?)n.GetGetter().GetClrValue(row)), SetParent: Setter(n.ForeignKey.Properties[0])))];
    }

    public IEntityType Entity { get; }
    public string Name { get; }
    public IReadOnlyList<BulkColumn> Columns { get; }

    /// <summary>The generated key; null where the row brings its own.</summary>
    public (IProperty Property, Action<object, long> Set)? Id { get; }
    public Action<object, long>? SetVersion { get; }
    public IReadOnlyList<(IEntityType Entity, Func<object, IEnumerable?> Get, Action<object, long> SetParent)> Children { get; }

    public static BulkTable Of(IEntityType entity) =>
        entity.GetOrAddRuntimeAnnotationValue<BulkTable, IEntityType>("LogisticsAdmin:BulkTable", e => new BulkTable(e!), entity)!;

    /// <summary>Foreign keys follow the things that a row points to, as EF would make them.</summary>
    public void Link(object row)
    {
        foreach (var (principal, take) in _links)
            if (principal(row) is { } to) take(row, to);
    }

    private static Func<object, object?> Reader(IProperty property)
    {
        if (!property.IsShadowProperty()) return property.GetGetter().GetClrValue;
        foreach (var key in property.GetContainingForeignKeys())
        {
            if (key is not { DependentToPrincipal: { } up, PrincipalKey.Properties: [var theirs] }) continue;
            var (principal, get) = (up.GetGetter(), theirs.GetGetter());
            return row => principal.GetClrValue(row) is { } to ? get.GetClrValue(to) : null;
        }
        return property.IsNullable ? _ => null : throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} can't be read from the object.");
    }

    private static Action<object, long> Setter(IProperty property)
    {
        var (row, value) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(long)));
        var target = Target(property, row);
        return Expression.Lambda<Action<object, long>>(Expression.Assign(target, Expression.Convert(value, target.Type)), row, value).Compile();
    }

    private static Action<object, object?> ValueSetter(IProperty property)
    {
        var (row, value) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
        var target = Target(property, row);
        return Expression.Lambda<Action<object, object?>>(Expression.Assign(target, Expression.Convert(value, target.Type)), row, value).Compile();
    }

    // The backing field where there is one: private setters of a base type are not visible from the derived one.
    private static MemberExpression Target(IProperty property, Expression row) => property.FieldInfo is { } field
        ? Expression.Field(Expression.Convert(row, field.DeclaringType!), field)
        : Expression.Property(Expression.Convert(row, property.PropertyInfo!.DeclaringType!), property.PropertyInfo);
}

/// <summary>One column: its name, its value in the model's terms, and its value as stored.</summary>
internal sealed class BulkColumn(IProperty property, Func<object, object?> read)
{
    private readonly Func<object?, object?>? _convert = property.GetTypeMapping().Converter?.ConvertToProvider;

    public IProperty Property { get; } = property;
    public string Name { get; } = property.GetColumnName();
    public RelationalTypeMapping Mapping { get; } = property.GetRelationalTypeMapping();
    public Func<object, object?> Read { get; } = read;

    public object Stored(object row) =>
        (Read(row) is { } value ? _convert is null ? value : _convert(value) : null) ?? DBNull.Value;
}
