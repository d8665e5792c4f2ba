using System.Reflection;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Features.Audit;

/// <summary>What a thing is called in both languages, and all that it is found by.</summary>
internal sealed class ThingName
{
    public long Id { get; init; }
    public string Zh { get; init; } = "";
    public string En { get; init; } = "";
    public string Search { get; init; } = "";
}

/// <summary>
/// What the things of a kind are called, retired ones too. People and places are known; the rest is read off the model by whoever has a
/// name, so that the log need not know other slices.
/// </summary>
internal static class ThingNames
{
    /// <summary>Null for a kind that has no names.</summary>
    public static IQueryable<ThingName>? Of(LogisticsDb db, IReadOnlyEntityType entity)
    {
        if (entity.ClrType == typeof(Person)) return People(db);
        if (entity.ClrType == typeof(Room)) return Rooms(db);
        if (entity.ClrType == typeof(Bed)) return Beds(db);
        if (First("Name", "FileName", "Code") is { } name) return Make(nameof(Named), name, First("NameEn") ?? name, First("Code") ?? name);
        return First("PersonId") is { } person ? Make(nameof(OfPerson), person) : null;

        string? First(params string[] names) => names.FirstOrDefault(n => entity.FindProperty(n) is not null);

        IQueryable<ThingName> Make(string reader, params string[] fields) =>
            (IQueryable<ThingName>)typeof(ThingNames).GetMethod(reader, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(entity.ClrType).Invoke(null, [db, .. fields])!;
    }

    public static async Task<Dictionary<long, LocalName>> ReadAsync(LogisticsDb db, IReadOnlyEntityType entity, IEnumerable<long> ids, CancellationToken ct)
    {
        long[] wanted = [.. ids];
        return Of(db, entity) is { } names
            ? await names.Where(n => wanted.Contains(n.Id)).ToDictionaryAsync(n => n.Id, n => new LocalName(n.Zh, n.En), ct)
            : [];
    }

    /// <summary>Those in which every typed word is found.</summary>
    public static IQueryable<ThingName> Called(this IQueryable<ThingName> names, string typed)
    {
        foreach (var word in CleanText.Code(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = LikePattern.Holding(word);
            names = names.Where(n => EF.Functions.Like(n.Search, pattern, LikePattern.Escape));
        }
        return names;
    }

    public static IQueryable<ThingName> People(LogisticsDb db) => db.People.AsNoTracking().Select(p => new ThingName
    {
        Id = p.Id,
        Zh = p.FullName,
        En = p.FullName,
        Search = p.FullName + " " + p.UserName + " " + (p.Number ?? ""),
    });

    private static IQueryable<ThingName> Rooms(LogisticsDb db) => db.Rooms.AsNoTracking().Select(r => new ThingName
    {
        Id = r.Id,
        Zh = r.Building.Name + " " + r.Name,
        En = r.Building.NameEn + " " + (r.NameEn == "" ? r.Name : r.NameEn),
        Search = r.Building.Name + " " + r.Name + " " + r.Building.NameEn + " " + r.NameEn + " " + r.Code,
    });

    private static IQueryable<ThingName> Beds(LogisticsDb db) => db.Beds.AsNoTracking().Select(b => new ThingName
    {
        Id = b.Id,
        Zh = b.Room.Building.Name + " " + b.Room.Name + "-" + b.Code,
        En = b.Room.Building.NameEn + " " + (b.Room.NameEn == "" ? b.Room.Name : b.Room.NameEn) + "-" + b.Code,
        Search = b.Room.Building.Name + " " + b.Room.Name + "-" + b.Code + " " + b.Room.Building.NameEn + " " + b.Room.NameEn,
    });

    private static IQueryable<ThingName> Named<T>(LogisticsDb db, string name, string nameEn, string code) where T : class => db.Set<T>().AsNoTracking().Select(x => new ThingName
    {
        Id = EF.Property<long>(x, "Id"),
        Zh = EF.Property<string>(x, name),
        En = EF.Property<string>(x, nameEn),
        Search = EF.Property<string>(x, name) + " " + EF.Property<string>(x, nameEn) + " " + EF.Property<string>(x, code),
    });

    private static IQueryable<ThingName> OfPerson<T>(LogisticsDb db, string person) where T : class =>
        from x in db.Set<T>().AsNoTracking()
        join p in People(db) on EF.Property<long>(x, person) equals p.Id
        select new ThingName { Id = EF.Property<long>(x, "Id"), Zh = p.Zh, En = p.En, Search = p.Search };
}
