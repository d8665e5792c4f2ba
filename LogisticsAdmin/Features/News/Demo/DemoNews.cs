using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Demo;

/// <summary>
/// Notices and news of two years from seeds/demo-news.json, with readings of those whom they addressed. The same items and people give the same
/// readings. Nobody gets messages of them. Items about buildings that are not there are left out.
/// </summary>
internal sealed class DemoNews(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
{
    private const int Chunk = 500;

    /// <summary>Loads them once, where there are no items and the demo's people are there.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var file = await Seeds.ReadAsync<SeedFile>("demo-news.json", ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.NewsItems.AnyAsync(token)) return;
            var authors = await InRole(db, Role.Administrator).ToListAsync(token);
            if (authors.Count < 2) return;
            var columns = await db.NewsColumns.ToDictionaryAsync(c => c.Code, token);
            var buildings = await db.Set<Building>().AsNoTracking().ToDictionaryAsync(b => b.Code, b => b.Id, token);
            List<(SeedItem Seed, NewsItem Item)> items = [];
            foreach (var seed in file.Items.Where(s => s.Buildings is null || s.Buildings.All(buildings.ContainsKey)).OrderBy(MomentOf))
                if (columns.TryGetValue(seed.Column, out var column)) items.Add((seed, await ItemAsync(db, seed, column, buildings, authors, token)));
            await SetRightsAsync(db, authors[0], buildings, token);
            await db.SaveChangesAsync(token);

            var readers = await ReadersAsync(db, token);
            using var bulk = new BulkWriter(db);
            bulk.AddUnaudited(items.SelectMany(i => Readings(i.Seed, i.Item, readers)), token);
            db.Announce(new Live.KeyChanged(NewsTopics.Items, 0));
        }, ct);
    }

    private async Task<NewsItem> ItemAsync(
        LogisticsDb db, SeedItem seed, NewsColumn column, Dictionary<string, long> buildings, List<long> authors, CancellationToken ct)
    {
        var (author, reviewer, at, now) = (authors[0], authors[1], MomentOf(seed), office.Now);
        var written = (at < now ? at : now).AddHours(-2);
        var number = await db.NextNumberAsync(column.Kind == NewsKind.Notice ? "TZ" : "XW", office.DayOf(written), ct);
        var item = new NewsItem(number, column, author, written);
        var content = new NewsContent(
            seed.Title, seed.TitleEn ?? "", seed.Summary ?? "", seed.SummaryEn ?? "", string.Join('\n', seed.Body), string.Join('\n', seed.BodyEn ?? []));
        var first = item.Write(content, RevisionReason.Created, author, written, last: null);
        List<AudienceLine> lines = [];
        if (seed.Roles is { Count: > 0 } roles) lines.Add(new AudienceLine(AudienceField.Role, roles));
        var places = (seed.Buildings ?? []).Select(code => buildings[code]).ToList();
        if (places.Count > 0) lines.Add(new AudienceLine(AudienceField.Building, [.. places.Select(id => id.ToString(CultureInfo.InvariantCulture))]));
        item.Address(
            new AudienceRule(lines, []), seed.Public && lines.Count == 0, seed.Urgent, seed.Confirm, confirmBefore: null,
            seed.Pin > 0 ? office.DayOf(at).AddDays(seed.Pin) : null);
        DateTimeOffset? expires = seed.Expires > 0 ? at.AddDays(seed.Expires) : null;
        if (seed.Outage is { } outage)
        {
            var day = office.DayOf(at).AddDays(outage.InDays);
            var until = office.At(day, new TimeOnly(outage.To, 0));
            item.SetOutage(outage.Kind, office.At(day, new TimeOnly(outage.From, 0)), until, places);
            expires = until.AddDays(1);
        }
        item.SetTimes(seed.State == NewsState.Scheduled ? at : null, expires);
        db.NewsItems.Add(item);
        switch (seed.State)
        {
            case NewsState.Draft:
                return item;
            case NewsState.Scheduled:
                item.Release(now);
                return item;
            case NewsState.InReview:
                item.Submit(author, written.AddHours(1));
                return item;
            default:
                break;
        }
        if (column.NeedsReview)
        {
            item.Submit(author, at.AddHours(-1));
            item.Approve(reviewer, at);
        }
        else
        {
            item.Release(at);
        }
        if (seed.Corrected is { } corrected)
        {
            item.Correct(
                content with { Body = $"{content.Body}\n\n> {corrected.Zh}" }, new LocalName(corrected.Zh, corrected.En), author,
                at.AddHours(corrected.Hours), first);
        }
        if (seed.Withdrawn is { } withdrawn) item.Withdraw(author, withdrawn.Because, at.AddHours(withdrawn.Hours));
        else if (expires is { } end && end <= now) item.Expire(end);
        return item;
    }

    /// <summary>A saved audience, and a manager who may publish, so that their pages are not empty.</summary>
    private async Task SetRightsAsync(LogisticsDb db, long by, Dictionary<string, long> buildings, CancellationToken ct)
    {
        var bamboo = buildings.Where(b => b.Key.StartsWith('Z')).Select(b => b.Value.ToString(CultureInfo.InvariantCulture)).ToList();
        if (bamboo.Count > 0)
        {
            var rule = new AudienceRule([new AudienceLine(AudienceField.Building, bamboo)], []);
            db.AudienceGroups.Add(new AudienceGroup("竹园住户", "Residents of Bamboo Court", rule));
        }
        if (await InRole(db, Role.Manager).FirstOrDefaultAsync(ct) is > 0 and var manager) db.NewsPublishers.Add(new NewsPublisher(manager, by, office.Now));
    }

    private IEnumerable<NewsRecipient> Readings(SeedItem seed, NewsItem item, List<ReaderFacts> readers)
    {
        if (item.PublishedAt is not { } published) yield break;
        var now = office.Now;
        // Gone after some hours: who had not opened it by then never could.
        var end = item.WithdrawnAt ?? now;
        foreach (var reader in readers.Where(r => item.Audience.Matches(r, AudienceRule.NoGroups)))
        {
            var recipient = new NewsRecipient(item.Id, reader.PersonId, reader.BuildingId, reader.ClassName);
            recipient.Tell(published);
            var read = published.AddMinutes(2 + Draw(item.Id, reader.PersonId, 1) * Draw(item.Id, reader.PersonId, 2) / 3.0);
            if (Draw(item.Id, reader.PersonId, 3) < seed.Share && read < end)
            {
                recipient.Read(read);
                var confirmed = read.AddMinutes(Draw(item.Id, reader.PersonId, 4) / 4.0);
                if (item.AsksForConfirmation && Draw(item.Id, reader.PersonId, 5) < 85 && confirmed < end) recipient.Confirm(confirmed);
            }
            else if (item.AsksForConfirmation && published.AddDays(1) < end)
            {
                recipient.Remind(published.AddDays(1));
            }
            yield return recipient;
        }
    }

    /// <summary>From 0 to 99, the same for the same item, person and question.</summary>
    private static int Draw(long item, long person, int question)
    {
        var mixed = unchecked((ulong)(item * 1_000_003 + person * 10_007 + question * 101) * 0x9E37_79B9_7F4A_7C15UL);
        return (int)((mixed >> 40) % 100);
    }

    private static async Task<List<ReaderFacts>> ReadersAsync(LogisticsDb db, CancellationToken ct)
    {
        List<ReaderFacts> readers = [];
        var everyone = await db.Addressed(AudienceRule.Everyone, AudienceRule.NoGroups).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
        foreach (var ids in everyone.Chunk(Chunk))
            readers.AddRange(await db.FactsAsync(ids, ct));
        return readers;
    }

    private static IQueryable<long> InRole(LogisticsDb db, Role role)
    {
        var roles = db.UserRoles;
        return db.Users.AsNoTracking().Where(p => p.RetiredAt == null && roles.Any(r => r.UserId == p.Id && r.RoleId == (long)role))
            .OrderBy(p => p.Id).Select(p => p.Id);
    }

    /// <summary>When it goes out: on the latest such day of the year, so many years before; or so many days ago.</summary>
    private DateTimeOffset MomentOf(SeedItem seed)
    {
        var time = new TimeOnly(seed.Hour, 0);
        if (seed.On is not { } on) return office.At(office.Today.AddDays(-seed.Ago), time);
        var parts = on.Split('-');
        var day = new DateOnly(office.Today.Year, int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        if (day > office.Today.AddDays(-2)) day = day.AddYears(-1);
        return office.At(day.AddYears(-seed.Year), time);
    }

    private sealed record SeedFile(IReadOnlyList<SeedItem> Items);

    private sealed record SeedItem(
        string? On, int Year, int Ago, int Hour, string Column, string Title, string? TitleEn, string? Summary, string? SummaryEn,
        IReadOnlyList<string> Body, IReadOnlyList<string>? BodyEn,
        IReadOnlyList<string>? Roles, IReadOnlyList<string>? Buildings, SeedOutage? Outage, bool Public, bool Urgent, bool Confirm, int Share, int Expires,
        int Pin, NewsState State, SeedWithdrawal? Withdrawn, SeedCorrection? Corrected);

    private sealed record SeedOutage(OutageKind Kind, int InDays, int From, int To);

    private sealed record SeedWithdrawal(int Hours, string Because);

    private sealed record SeedCorrection(int Hours, string Zh, string En);
}
