using System.Collections;
using System.Linq.Expressions;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Data;

/// <summary>
/// How rows of one entity are written in bulk: EF's own compiled getters and converters for each column, created once per model.
/// </summary>
public sealed class BulkTable
{
    private readonly List<(Func<object, object?> Principal, Action<object, object> SetForeignKey)> _references = [];

    private BulkTable(IEntityType entity)
    {
        if (entity.BaseType is not null || entity.GetDirectlyDerivedTypes().Any() || entity.GetTableName() is not { } name)
            throw new NotSupportedException($"{entity.DisplayName()} has no table of its own.");
        (Entity, Name) = (entity, name);
        Columns = [.. entity.GetProperties().Select(p => new BulkColumn(p, Reader(p)))];
        if (entity.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } id] && id.ClrType == typeof(long)) Id = (id, Setter(id));
        if (entity.FindProperty(nameof(Versioned.Version)) is { } version && version.ClrType == typeof(long)) SetVersion = Setter(version);
        foreach (var key in entity.GetForeignKeys())
        {
            if (key is not { DependentToPrincipal: { } reference, Properties: [var own], PrincipalKey.Properties: [var theirs] }) continue;
            if (own.IsShadowProperty()) continue;
            var (principal, get, set) = (reference.GetGetter(), theirs.GetGetter(), ValueSetter(own));
            _references.Add((principal.GetClrValue, (row, to) => set(row, get.GetClrValue(to))));
        }
        Children = [.. entity.GetNavigations()
            .Where(n => n is { IsCollection: true, IsOnDependent: false, ForeignKey.Properties: [{ } own] } && !own.IsShadowProperty())
            .Select(n => (n.TargetEntityType, Get: (Func<object, IEnumerable?>)(row => (IEnumerable?)n.GetGetter().GetClrValue(row)),
                SetParent: Setter(n.ForeignKey.Properties[0])))];
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

    /// <summary>Sets foreign keys from the objects that a row references, as EF does.</summary>
    public void SetForeignKeys(object row)
    {
        foreach (var (principal, setForeignKey) in _references)
            if (principal(row) is { } to) setForeignKey(row, to);
    }

    private static Func<object, object?> Reader(IProperty property)
    {
        if (!property.IsShadowProperty()) return property.GetGetter().GetClrValue;
        foreach (var key in property.GetContainingForeignKeys())
        {
            if (key is not { DependentToPrincipal: { } reference, PrincipalKey.Properties: [var theirs] }) continue;
            var (principal, get) = (reference.GetGetter(), theirs.GetGetter());
            return row => principal.GetClrValue(row) is { } to ? get.GetClrValue(to) : null;
        }
        return property.IsNullable
            ? _ => null
            : throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} can't be read from the object.");
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
