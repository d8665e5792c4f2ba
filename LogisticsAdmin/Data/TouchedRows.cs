using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Data;

/// <summary>Which rows one write changed: for each entity the ids in their id columns before and after, or null where these are too many or unknown.</summary>
internal sealed class TouchedRows
{
    private const int MostIds = 1_000;

    private readonly Dictionary<Type, HashSet<long>?> _entities = [];

    public IReadOnlyDictionary<Type, HashSet<long>?> Entities => _entities;

    public void Add(EntityEntry entry)
    {
        var entity = entry.Metadata.ClrType;
        if (!_entities.TryGetValue(entity, out var ids)) _entities[entity] = ids = [];
        if (ids is null) return;
        foreach (var column in IdColumns(entry.Metadata))
        {
            var property = entry.Property(column);
            if (property.OriginalValue is long before) ids.Add(before);
            if (property.CurrentValue is long after) ids.Add(after);
        }
        if (ids.Count > MostIds) AddMany(entity);
    }

    public void AddMany(Type entity) => _entities[entity] = null;

    private static IReadOnlyList<string> IdColumns(IEntityType entity) =>
        entity.GetOrAddRuntimeAnnotationValue<IReadOnlyList<string>, IEntityType>("LogisticsAdmin:IdColumns", e =>
            [.. e!.GetProperties().Where(p => p.Name.EndsWith("Id", StringComparison.Ordinal) && (p.ClrType == typeof(long) || p.ClrType == typeof(long?)))
                .Select(p => p.Name)], entity)!;
}
