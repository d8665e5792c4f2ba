using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using IcalCalendar = Ical.Net.Calendar;

namespace LogisticsAdmin.Tests.News;

/// <summary>Feeds and public pages: what anybody may read, as feed readers and calendars ask for it.</summary>
public sealed class NewsFeedTests
{
    private const string Address = "https://u.example.edu/logistics";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_Atom_feed_keeps_to_what_RFC_4287_demands()
    {
        await using var work = await StartAsync();
        var admin = await work.AsAsync(TestUsers.Administrator);
        var first = await PublishAsync(admin, f => (f.Title, f.Body) = ("<b>标题</b> & \u0001控制符", "# 一\n[报修](my/repairs/new) **好** <script>alert(1)</script>"));
        var second = await PublishAsync(admin);
        await PublishAsync(admin, f => f.IsPublic = false);

        using var response = await work.App.Visitor().GetAsync("/feeds/notices.atom", Ct);
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).Root!;

        Assert.Equal("application/atom+xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(Atom + "feed", feed.Name);
        foreach (var part in feed.Elements(Atom + "entry").Prepend(feed))
        {
            foreach (var once in new[] { "id", "title", "updated" }) Assert.Single(part.Elements(Atom + once));
            Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(part.Element(Atom + "updated")!.Value, CultureInfo.InvariantCulture).Offset);
            var id = part.Element(Atom + "id")!.Value;
            Assert.StartsWith("tag:u.example.edu,2026:", id, StringComparison.Ordinal);
            Assert.True(Uri.IsWellFormedUriString(id, UriKind.Absolute));
            // At most one alternate link of a type and language; and each link has an address.
            Assert.Single(part.Elements(Atom + "link"), l => (string?)l.Attribute("rel") is null or "alternate");
            Assert.All(part.Elements(Atom + "link"), l => Assert.True(Uri.IsWellFormedUriString((string)l.Attribute("href")!, UriKind.Absolute)));
        }
        Assert.NotEmpty(feed.Elements(Atom + "author").Elements(Atom + "name"));
        var self = Assert.Single(feed.Elements(Atom + "link"), l => (string?)l.Attribute("rel") == "self");
        Assert.Equal($"{Address}/feeds/notices.atom", (string?)self.Attribute("href"));
        var ids = feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value).ToList();
        Assert.Equal([$"tag:u.example.edu,2026:news/{second}", $"tag:u.example.edu,2026:news/{first}"], ids);
        var entry = feed.Elements(Atom + "entry").Last();
        Assert.Equal("<b>标题</b> & 控制符", entry.Element(Atom + "title")!.Value);
        var content = entry.Element(Atom + "content")!;
        Assert.Equal("html", (string?)content.Attribute("type"));
        Assert.Contains($"href=\"{Address}/my/repairs/new\"", content.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", content.Value, StringComparison.Ordinal);
        Assert.Equal($"{Address}/public/news/{first}", (string?)entry.Elements(Atom + "link").Single().Attribute("href"));
    }

    [Fact]
    public async Task Conditional_requests_are_answered_304_until_something_public_changes()
    {
        await using var work = await StartAsync();
        var (admin, visitor) = (await work.AsAsync(TestUsers.Administrator), work.App.Visitor());
        var draft = await admin.DraftNewsAsync(f => f.IsPublic = true);
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);

        foreach (var feed in new[] { "/feeds/notices.atom", "/feeds/services.atom", "/feeds/notices.ics" })
        {
            using var first = await visitor.GetAsync(feed, Ct);
            Assert.Equal((HttpStatusCode.OK, true), (first.StatusCode, first.Headers.CacheControl!.NoCache));
            Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(visitor, feed, r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!)));
            Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(visitor, feed, r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, feed, r => r.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""))));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, feed, r => r.Method = HttpMethod.Head));
        }
        using var before = await visitor.GetAsync("/feeds/notices.atom", Ct);
        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/notices.atom");
        request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
        using var after = await visitor.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.DoesNotContain(draft.Number, await after.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, $"/public/news/{draft.Number}"));
    }

    [Fact]
    public async Task A_calendar_holds_public_outages_in_the_offices_zone_and_keeps_to_RFC_5545()
    {
        await using var work = await StartAsync();
        var admin = await work.AsAsync(TestUsers.Administrator);
        var building = await work.InDatabaseAsync(db => Task.FromResult(db.Set<Building>().First(b => b.Code == "Z3")));
        void Outage(NewsForm form)
        {
            (form.OutageKind, form.OutageFrom, form.OutageUntil) = (OutageKind.Water, new DateTime(2099, 3, 1, 8, 0, 0), new DateTime(2099, 3, 1, 14, 30, 0));
            form.OutageBuildings = [building.Id];
        }
        var draft = await admin.DraftNewsAsync(f =>
        {
            Outage(f);
            (f.IsPublic, f.Title) = (true, "停水；带, 分号和\\反斜线" + new string('长', 90));
        }, "outages");
        var published = await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await PublishAsync(admin, f =>
        {
            Outage(f);
            f.IsPublic = false;
        });

        using var response = await work.App.Visitor().GetAsync("/feeds/outages.ics", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal("text/calendar; charset=utf-8", response.Content.Headers.ContentType?.ToString());

        // Lines end with CRLF and have at most 75 octets; the version and the product stand once.
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        Assert.DoesNotContain(lines, l => l.Contains('\n'));
        Assert.All(lines, l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75, l));
        Assert.Single(lines, l => l == "VERSION:2.0");
        Assert.Single(lines, l => l.StartsWith("PRODID:", StringComparison.Ordinal));
        Assert.Single(lines, l => l == "TZID:Asia/Shanghai");

        var calendar = IcalCalendar.Load(text)!;
        var outage = Assert.Single(calendar.Events);
        Assert.Equal($"{draft.Number}@u.example.edu", outage.Uid);
        Assert.Equal("停水；带, 分号和\\反斜线" + new string('长', 90), outage.Summary);
        Assert.Equal((building.Name, "CONFIRMED"), (outage.Location, outage.Status));
        Assert.Equal(new DateTime(2099, 3, 1, 0, 0, 0, DateTimeKind.Utc), outage.DtStart!.AsUtc);
        Assert.Equal(new DateTime(2099, 3, 1, 6, 30, 0, DateTimeKind.Utc), outage.DtEnd!.AsUtc);
        Assert.Equal("Asia/Shanghai", outage.DtStart.TzId);
        Assert.NotNull(outage.DtStamp);
        var sequence = outage.Sequence;

        var form = new NewsForm { Version = published.Version, Title = "停水改期", Body = "改期" };
        await admin.Get<NewsService>().CorrectAsync(draft.Id, form, new LocalName("改期", "Moved"), false, Ct);
        var corrected = Assert.Single(IcalCalendar.Load(await work.App.Visitor().GetStringAsync("/feeds/notices.ics", Ct))!.Events);
        Assert.True(corrected.Sequence > sequence);
        Assert.Equal(outage.Uid, corrected.Uid);

        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "取消", Ct);
        Assert.Empty(IcalCalendar.Load(await work.App.Visitor().GetStringAsync("/feeds/outages.ics", Ct))!.Events);
    }

    [Fact]
    public async Task Without_the_address_of_the_app_there_are_no_feeds_and_of_what_is_not_public_there_is_no_page()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var (admin, visitor) = (await work.AsAsync(TestUsers.Administrator), work.App.Visitor());
        var open = await PublishAsync(admin);
        var closed = await PublishAsync(admin, f => f.IsPublic = false);

        foreach (var feed in new[] { "news.atom", "notices.atom", "services.atom", "notices.ics" })
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, $"/feeds/{feed}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, $"/public/news/{closed}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, $"/public/news/{open}/photos/{Guid.NewGuid():N}"));
        Assert.Equal("停水通知", (await visitor.PageAsync($"/public/news/{open}")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_is_told_to_wait()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync(
            change: services => services.Configure<LimitOptions>(l => l.PublicRequestsPerMinute = 3)));
        var visitor = work.App.Visitor();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(visitor, "/feeds/news.atom"));
        foreach (var address in new[] { "/feeds/news.atom", "/public/news/1", $"/public/news/1/photos/{Guid.NewGuid()}" })
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(visitor, address));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/Account/Login"));
    }

    private static async Task<AppWithUsers> StartAsync() =>
        new(await TestApp.StartAsync(settings: new Dictionary<string, string> { ["Office:Address"] = Address }));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient visitor, string address, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        change?.Invoke(request);
        using var response = await visitor.SendAsync(request, Ct);
        return response.StatusCode;
    }

    private static async Task<string> PublishAsync(Desk writer, Action<NewsForm>? change = null)
    {
        var draft = await writer.DraftNewsAsync(form =>
        {
            form.IsPublic = true;
            change?.Invoke(form);
        });
        await writer.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        return draft.Number;
    }
}
