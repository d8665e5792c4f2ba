using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Students and keys are named by their person, suggested goods by the goods, papers by their title and desk times by their season.</summary>
internal sealed class SeasonsAuditWords() : AuditWords<SeasonsText>(
    typeof(OnboardingSeason), typeof(SeasonGroup), typeof(SeasonFee), typeof(SeasonItem), typeof(SeasonPaper), typeof(DeskTime), typeof(Freshman),
    typeof(RoomKey))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity) =>
        entity == typeof(Freshman) ? Students(db)
        : entity == typeof(RoomKey) ? Keys(db)
        : entity == typeof(SeasonItem) ? Items(db)
        : entity == typeof(SeasonPaper) ? Papers(db)
        : entity == typeof(DeskTime) ? Times(db)
        : null;

    private static IQueryable<EntityName> Students(LogisticsDb db) =>
        from freshman in db.Freshmen.AsNoTracking()
        join person in db.Users on freshman.PersonId equals person.Id
        select new EntityName
        {
            Id = freshman.Id,
            Zh = person.FullName + " " + (person.Number ?? ""),
            En = person.FullName + " " + (person.Number ?? ""),
            Search = person.FullName + " " + (person.Number ?? ""),
        };

    private static IQueryable<EntityName> Keys(LogisticsDb db) =>
        from key in db.RoomKeys.AsNoTracking()
        join person in db.Users on key.PersonId equals person.Id
        select new EntityName
        {
            Id = key.Id,
            Zh = person.FullName + " · " + key.Label,
            En = person.FullName + " · " + key.Label,
            Search = person.FullName + " " + (person.Number ?? "") + " " + key.Label,
        };

    private static IQueryable<EntityName> Items(LogisticsDb db) =>
        from one in db.SeasonItems.AsNoTracking()
        join item in db.ShelfItems on one.ItemId equals item.Id
        select new EntityName
        {
            Id = one.Id,
            Zh = item.Name,
            En = item.NameEn == "" ? item.Name : item.NameEn,
            Search = item.Code + " " + item.Name + " " + item.NameEn,
        };

    private static IQueryable<EntityName> Papers(LogisticsDb db) => db.SeasonPapers.AsNoTracking().Select(p => new EntityName
    {
        Id = p.Id,
        Zh = p.Title,
        En = p.TitleEn == "" ? p.Title : p.TitleEn,
        Search = p.Title + " " + p.TitleEn,
    });

    private static IQueryable<EntityName> Times(LogisticsDb db) =>
        from time in db.DeskTimes.AsNoTracking()
        join season in db.OnboardingSeasons on time.SeasonId equals season.Id
        select new EntityName
        {
            Id = time.Id,
            Zh = season.Name + " #" + time.Id,
            En = (season.NameEn == "" ? season.Name : season.NameEn) + " #" + time.Id,
            Search = season.Name + " " + season.NameEn,
        };
}
