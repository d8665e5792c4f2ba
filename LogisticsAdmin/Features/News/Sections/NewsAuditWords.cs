using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Sections;

/// <summary>Names an item by its number and title; columns, templates and saved audiences have names.</summary>
internal sealed class NewsAuditWords()
    : AuditWords<NewsText>(typeof(NewsItem), typeof(NewsColumn), typeof(NewsTemplate), typeof(AudienceGroup))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity) => entity != typeof(NewsItem)
        ? null
        : from item in db.NewsItems.AsNoTracking()
          let zh = item.Number + " " + (item.Title != "" ? item.Title : item.TitleEn)
          let en = item.Number + " " + (item.TitleEn != "" ? item.TitleEn : item.Title)
          select new EntityName { Id = item.Id, Zh = zh, En = en, Search = zh + " " + en };
}
