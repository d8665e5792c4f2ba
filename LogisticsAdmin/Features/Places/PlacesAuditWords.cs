using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places;

/// <summary>Rooms and beds are named with their building.</summary>
internal sealed class PlacesAuditWords()
    : AuditWords<PlacesText>(typeof(Campus), typeof(Building), typeof(Room), typeof(Bed), typeof(Centre), typeof(Crew))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity) =>
        entity == typeof(Room) ? Rooms(db) : entity == typeof(Bed) ? Beds(db) : null;

    /// <summary>Reasons that the app gave are stored as codes.</summary>
    public override string? Measure(IStringLocalizer words, string entity, string field, string stored) =>
        field == nameof(Bed.RetiredBecause) ? RetireReasons.Code(stored)?.ToString() : null;

    private static IQueryable<EntityName> Rooms(LogisticsDb db) => db.Rooms.AsNoTracking().Select(r => new EntityName
    {
        Id = r.Id,
        Zh = r.Building.Name + " " + r.Name,
        En = r.Building.NameEn + " " + (r.NameEn == "" ? r.Name : r.NameEn),
        Search = r.Building.Name + " " + r.Name + " " + r.Building.NameEn + " " + r.NameEn + " " + r.Code,
    });

    private static IQueryable<EntityName> Beds(LogisticsDb db) => db.Beds.AsNoTracking().Select(b => new EntityName
    {
        Id = b.Id,
        Zh = b.Room.Building.Name + " " + b.Room.Name + "-" + b.Code,
        En = b.Room.Building.NameEn + " " + (b.Room.NameEn == "" ? b.Room.Name : b.Room.NameEn) + "-" + b.Code,
        Search = b.Room.Building.Name + " " + b.Room.Name + "-" + b.Code + " " + b.Room.Building.NameEn + " " + b.Room.NameEn,
    });
}
