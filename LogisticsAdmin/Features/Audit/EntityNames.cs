using System.Reflection;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Features.Audit;

/// <summary>The names of the things of an entity: by the query of its slice, else read from the model, so that the log depends on no slice.</summary>
public sealed class EntityNames(IEnumerable<IAuditWords> slices)
{
    private readonly Dictionary<Type, IAuditWords> _byEntity =
        slices.SelectMany(s => s.Entities, (s, e) => (Entity: e, Slice: s)).ToDictionary(p => p.Entity, p => p.Slice);

    /// <summary>Null for an entity that has no names.</summary>
    internal IQueryable<EntityName>? Of(LogisticsDb db, IReadOnlyEntityType entity)
    {
        if (entity.ClrType == typeof(Person)) return People(db);
        if (_byEntity.GetValueOrDefault(entity.ClrType)?.Names(db, entity.ClrType) is { } own) return own;
        if (First("Name", "FileName", "Code") is { } name) return Make(nameof(Named), name, First("NameEn") ?? name, First("Code") ?? name);
        return First("PersonId") is { } person ? Make(nameof(OfPerson), person) : null;

        string? First(params string[] names) => names.FirstOrDefault(n => entity.FindProperty(n) is not null);

        IQueryable<EntityName> Make(string reader, params string[] fields) =>
            (IQueryable<EntityName>)typeof(EntityNames).GetMethod(reader, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(entity.ClrType).Invoke(null, [db, .. fields])!;
    }

    /// <summary>How things of the entity replace one another; null where they are changed in place.</summary>
    internal AuditReplacement? ReplacementOf(LogisticsDb db, IReadOnlyEntityType entity) =>
        _byEntity.GetValueOrDefault(entity.ClrType)?.Replacement(db, entity.ClrType);

    internal async Task<Dictionary<long, LocalName>> ReadAsync(LogisticsDb db, IReadOnlyEntityType entity, IEnumerable<long> ids, CancellationToken ct)
    {
        long[] wanted = [.. ids];
        return Of(db, entity) is { } names
            ? await names.Where(n => wanted.Contains(n.Id)).ToDictionaryAsync(n => n.Id, n => new LocalName(n.Zh, n.En), ct)
            : [];
    }

    /// <summary>The ids of those in which every typed word is found.</summary>
    internal static IQueryable<long> Matching(IQueryable<EntityName> names, string typed)
    {
        foreach (var word in SearchWords.Of(typed))
        {
            var pattern = LikePattern.Containing(word);
            names = names.Where(n => EF.Functions.Like(n.Search, pattern, LikePattern.Escape));
        }
        return names.Select(n => n.Id);
    }

    internal static IQueryable<EntityName> People(LogisticsDb db) => db.Users.AsNoTracking().Select(p => new EntityName
    {
        Id = p.Id,
        Zh = p.FullName,
        En = p.FullName,
        Search = p.FullName + " " + p.UserName + " " + (p.Number ?? ""),
    });

    private static IQueryable<EntityName> Named<T>(LogisticsDb db, string name, string nameEn, string code) where T : class =>
        db.Set<T>().AsNoTracking().Select(x => new EntityName
        {
            Id = EF.Property<long>(x, "Id"),
            Zh = EF.Property<string>(x, name),
            En = EF.Property<string>(x, nameEn),
            Search = EF.Property<string>(x, name) + " " + EF.Property<string>(x, nameEn) + " " + EF.Property<string>(x, code),
        });

    private static IQueryable<EntityName> OfPerson<T>(LogisticsDb db, string person) where T : class =>
        from x in db.Set<T>().AsNoTracking()
        join p in People(db) on EF.Property<long>(x, person) equals p.Id
        select new EntityName { Id = EF.Property<long>(x, "Id"), Zh = p.Zh, En = p.En, Search = p.Search };
}
