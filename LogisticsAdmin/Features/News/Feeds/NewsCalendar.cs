using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Shared;
using IcalCalendar = Ical.Net.Calendar;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>
/// Writes the planned outages of public items as iCalendar (RFC 5545), in the office's zone. An outage of an item that is not public is in no feed:
/// a calendar has no account. What was withdrawn is gone.
/// </summary>
internal static class NewsCalendar
{
    public static byte[] Write(FeedSource source, BoardSnapshot snapshot, TimeZoneInfo zone)
    {
        var calendar = new IcalCalendar { ProductId = "-//LogisticsAdmin//Notices//ZH", Method = "PUBLISH" };
        calendar.AddProperty("NAME", source.Title);
        calendar.AddProperty("X-WR-CALNAME", source.Title);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        foreach (var item in snapshot.Items.Where(i => i is { IsPublic: true, Outage: not null } && source.Name.Holds(i)))
            calendar.Events.Add(Event(source, snapshot, item, zone));
        if (calendar.Events.Count > 0) calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Id));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    private static CalendarEvent Event(FeedSource source, BoardSnapshot snapshot, BoardItem item, TimeZoneInfo zone)
    {
        var outage = item.Outage!;
        var places = snapshot.BuildingsOf(item).Select(b => NewsFeeds.In(b, source.Language));
        return new CalendarEvent
        {
            Uid = $"{item.Number}@{source.Host}",
            Summary = NewsFeeds.In(item.Title, source.Language),
            Description = NewsFeeds.In(item.Summary, source.Language),
            Location = string.Join(source.Language == Languages.Chinese ? "、" : ", ", places),
            DtStart = At(outage.From, zone),
            DtEnd = At(outage.Until, zone),
            DtStamp = Utc(item.ChangedAt),
            Created = Utc(item.PublishedAt),
            LastModified = Utc(item.ChangedAt),
            Sequence = item.Revision,
            Status = "CONFIRMED",
            Transparency = TransparencyType.Transparent,
            Url = new Uri(source.LinkOf(item)),
            Categories = [NewsFeeds.In(LocalName.Of<NewsText>($"OutageKind.{outage.Kind}"), source.Language)],
        };
    }

    private static CalDateTime At(DateTimeOffset moment, TimeZoneInfo zone) =>
        new(DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(moment, zone).DateTime, DateTimeKind.Unspecified), zone.Id);

    private static CalDateTime Utc(DateTimeOffset moment) => new(WholeSeconds(moment.UtcDateTime), "UTC");

    private static DateTime WholeSeconds(DateTime moment) => new(moment.Ticks - moment.Ticks % TimeSpan.TicksPerSecond, moment.Kind);
}
