using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>
/// What the office sees of notices and news. Those who may publish see everything, the others of the office what was ever released. Outside the
/// office all of this is <see cref="NotFound"/>; opening a text to write it needs the right to publish.
/// </summary>
public sealed class NewsQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, AudienceChoices audiences)
{
    private static readonly NewsState[] Released = [NewsState.Published, NewsState.Expired, NewsState.Withdrawn];

    /// <summary>The states whose items the acting person may see.</summary>
    public async Task<IReadOnlyList<NewsState>> StatesAsync(CancellationToken ct = default) =>
        await MayPublishAsync(ct) ? Enum.GetValues<NewsState>() : Released;

    /// <summary>Whether the acting person writes and publishes.</summary>
    public async Task<bool> MayPublishAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.MayPublishAsync(user.Actor, ct);
    }

    /// <summary>One page of the list.</summary>
    public async Task<NewsWindow> ListAsync(NewsListFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandNewsOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = await VisibleAsync(db, filter, ct);
        var counts = await visible.GroupBy(i => i.State).Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, ct);
        var total = filter.State is { } state ? counts.GetValueOrDefault(state) : counts.Where(c => c.Key != NewsState.Discarded).Sum(c => c.Value);
        var rows = await RowsAsync(db, Sorted(OfState(visible, filter), filter), Math.Max(0, filter.Skip), NewsListFilter.PageSize, ct);
        return new NewsWindow(rows, total, counts);
    }

    /// <summary>All items that match the filter, in its order.</summary>
    public async Task<IReadOnlyList<NewsRow>> AllAsync(NewsListFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandNewsOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var sorted = Sorted(OfState(await VisibleAsync(db, filter, ct), filter), filter);
        return await RowsAsync(db, sorted, 0, int.MaxValue, ct);
    }

    /// <summary>The columns in use, in their order.</summary>
    public async Task<IReadOnlyList<ColumnChoice>> ColumnsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.NewsColumns.AsNoTracking().Living().OrderBy(c => c.Order).ThenBy(c => c.Id)
            .Select(c => new ColumnChoice(c.Id, c.Code, c.Kind, new LocalName(c.Name, c.NameEn), c.NeedsReview)).ToListAsync(ct);
    }

    /// <summary>The templates in use, by name.</summary>
    public async Task<IReadOnlyList<TemplateChoice>> TemplatesAsync(CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return await db.NewsTemplates.AsNoTracking().Living().OrderBy(t => t.Name)
            .Select(t => new TemplateChoice(t.Id, t.Code, t.ColumnId, new LocalName(t.Name, t.NameEn))).ToListAsync(ct);
    }

    /// <summary>What a new text begins with: the column of the template and its content, with the placeholders still in it.</summary>
    /// <exception cref="NotFound">There is no such template in use.</exception>
    public async Task<NewsForm> TemplateAsync(string code, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var template = await db.NewsTemplates.AsNoTracking().Living().SingleOrDefaultAsync(t => t.Code == code, ct) ?? throw new NotFound();
        return new NewsForm
        {
            ColumnId = template.ColumnId,
            Title = template.Title,
            TitleEn = template.TitleEn,
            Body = template.Body,
            BodyEn = template.BodyEn,
            OutageKind = template.Outage,
            IsUrgent = template.IsUrgent,
            NeedsConfirmation = template.NeedsConfirmation,
        };
    }

    /// <summary>Canned paragraphs: the shared canned replies and the acting person's own, without notes for the office.</summary>
    public async Task<IReadOnlyList<ParagraphChoice>> ParagraphsAsync(CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var me = user.PersonId;
        return await db.Set<CannedReply>().AsNoTracking().Living().Where(r => !r.Internal && (r.OwnerId == null || r.OwnerId == me))
            .OrderBy(r => r.OwnerId == null).ThenBy(r => r.Name).Take(100)
            .Select(r => new ParagraphChoice(r.Id, new LocalName(r.Name, r.NameEn), r.Text, r.TextEn)).ToListAsync(ct);
    }

    /// <summary>The buildings in use, by name.</summary>
    public async Task<IReadOnlyList<BuildingChoice>> BuildingsAsync(CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var buildings = await db.Set<Building>().AsNoTracking().Living().OrderBy(b => b.CampusId).ThenBy(b => b.Code).Take(1_000)
            .Select(b => new BuildingChoice(b.Id, new LocalName(b.Name, b.NameEn))).ToListAsync(ct);
        return buildings;
    }

    /// <summary>Opens an item by its number or id for writing.</summary>
    /// <exception cref="NotFound">There is none.</exception>
    public async Task<NewsEditing> OpenAsync(string key, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var item = await ByKey(db, key).Include(i => i.Column).Include(i => i.OutageBuildings).AsSplitQuery().SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var ids = new[] { item.AuthorId, item.SubmittedById, item.ReviewedById, item.WithdrawnById };
        var last = await db.Set<NewsRevision>().AsNoTracking().Where(r => r.ItemId == item.Id).OrderByDescending(r => r.Number)
            .Select(r => new { r.ById, r.At }).FirstOrDefaultAsync(ct);
        var wanted = ids.Append(last?.ById).OfType<long>().Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        var files = await db.NewsFiles.AsNoTracking()
            .Where(f => f.ItemId == item.Id && f.RemovedAt == null && f.Pending != PendingFileChange.Remove).OrderBy(f => f.Id)
            .Select(f => new NewsFileRow(f.Key, f.Name, f.Length, f.IsPicture)).ToListAsync(ct);
        var hasPending = await db.NewsFiles.AnyAsync(f => f.ItemId == item.Id && f.Pending != null, ct);
        var life = new NewsLife(
            item.AuthorId, Name(item.AuthorId), item.CreatedAt, item.SubmittedById, Name(item.SubmittedById), item.SubmittedAt, Name(item.ReviewedById),
            item.ReviewedAt, item.ReturnedBecause, item.PublishAt, item.PublishedAt, item.WasLate, item.ExpiresAt, item.ExpiredAt,
            Name(item.WithdrawnById), item.WithdrawnAt, item.WithdrawnBecause, item.CorrectedAt)
        {
            SavedBy = Name(last?.ById),
            SavedAt = last?.At,
        };
        return new NewsEditing(
            item.Id, item.Number, item.State, item.Kind, item.Column.LocalName, item.Column.NeedsReview, item.Revision, FormOf(item), life, files)
        {
            HasPendingFiles = hasPending,
        };

        string? Name(long? id) => id is { } known ? names.GetValueOrDefault(known) : null;
    }

    /// <summary>The revisions of an item, the newest first.</summary>
    public async Task<IReadOnlyList<RevisionRow>> RevisionsAsync(long id, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var people = db.Users;
        return await db.Set<NewsRevision>().AsNoTracking().Where(r => r.ItemId == id).OrderByDescending(r => r.Number)
            .Select(r => new RevisionRow(r.Number, r.Reason, people.Where(p => p.Id == r.ById).Select(p => p.FullName).FirstOrDefault(), r.At)).ToListAsync(ct);
    }

    /// <summary>The content of one revision.</summary>
    /// <exception cref="NotFound">There is none of this number.</exception>
    public async Task<NewsContent> RevisionAsync(long id, int number, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return (await db.Set<NewsRevision>().AsNoTracking().SingleOrDefaultAsync(r => r.ItemId == id && r.Number == number, ct)
            ?? throw new NotFound()).Content;
    }

    /// <summary>An item as readers will see it.</summary>
    /// <exception cref="NotFound">There is none.</exception>
    public async Task<NewsPreview> PreviewAsync(string key, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var item = await ByKey(db, key).Include(i => i.Column).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        return new NewsPreview(
            item.Number, item.Kind, item.State, item.Column.LocalName, item.Title, item.TitleEn, NewsHtml.Render(item.Body),
            NewsHtml.Render(item.BodyEn), item.CoverKey);
    }

    /// <summary>How many people have got an item, told or read.</summary>
    public async Task<int> HoldersAsync(long id, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return await db.NewsRecipients.CountAsync(r => r.ItemId == id, ct);
    }

    private async Task<LogisticsDb> OpenedAsync(CancellationToken ct)
    {
        var db = await databases.CreateDbContextAsync(ct);
        try
        {
            await db.DemandPublisherAsync(user.Actor, ct);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private static IQueryable<NewsItem> ByKey(LogisticsDb db, string key)
    {
        var items = db.NewsItems.AsNoTracking();
        return TypedId.Parse(key) is { } id
            ? items.Where(i => i.Id == id) : items.Where(i => i.Number == key);
    }

    private async Task<IQueryable<NewsItem>> VisibleAsync(LogisticsDb db, NewsListFilter filter, CancellationToken ct)
    {
        var items = db.NewsItems.AsNoTracking();
        if (!await db.MayPublishAsync(user.Actor, ct)) items = items.Where(i => Released.Contains(i.State));
        if (filter.Kind is { } kind) items = items.Where(i => i.Kind == kind);
        if (filter.Column is { } column) items = items.Where(i => i.Column.Code == column);
        if (filter.Text is { } text)
        {
            var found = db.SearchIds<NewsItem>(text);
            items = items.Where(i => found.Contains(i.Id));
        }
        return items;
    }

    private static IQueryable<NewsItem> OfState(IQueryable<NewsItem> items, NewsListFilter filter) =>
        filter.State is { } state ? items.Where(i => i.State == state) : items.Where(i => i.State != NewsState.Discarded);

    private static IQueryable<NewsItem> Sorted(IQueryable<NewsItem> items, NewsListFilter filter) => (filter.Sort, filter.Descending) switch
    {
        (NewsSort.Title, false) => items.OrderBy(i => i.Title).ThenBy(i => i.Id),
        (NewsSort.Title, true) => items.OrderByDescending(i => i.Title).ThenByDescending(i => i.Id),
        (NewsSort.Publish, false) => items.OrderBy(i => i.PublishedAt ?? i.PublishAt).ThenBy(i => i.Id),
        (NewsSort.Publish, true) => items.OrderByDescending(i => i.PublishedAt ?? i.PublishAt).ThenByDescending(i => i.Id),
        (NewsSort.Expiry, false) => items.OrderBy(i => i.ExpiresAt).ThenBy(i => i.Id),
        (NewsSort.Expiry, true) => items.OrderByDescending(i => i.ExpiresAt).ThenByDescending(i => i.Id),
        (_, false) => items.OrderBy(i => i.Id),
        _ => items.OrderByDescending(i => i.Id),
    };

    private async Task<IReadOnlyList<NewsRow>> RowsAsync(LogisticsDb db, IQueryable<NewsItem> items, int skip, int take, CancellationToken ct)
    {
        var people = db.Users;
        var rows = await items.Skip(skip).Take(take).Select(i => new NewsRow(
            i.Id, i.Number, i.Title, i.TitleEn, i.Title != "" && i.Body != "", i.TitleEn != "" && i.BodyEn != "", i.Kind,
            new LocalName(i.Column.Name, i.Column.NameEn), i.Audience, i.State, people.Where(p => p.Id == i.AuthorId).Select(p => p.FullName).FirstOrDefault(),
            i.PublishAt, i.PublishedAt, i.ExpiresAt, i.IsUrgent, i.NeedsConfirmation || i.IsUrgent, i.PinnedUntil)).ToListAsync(ct);
        var words = await audiences.WordsAsync(db, [.. rows.Select(r => r.Audience)], ct);
        List<NewsRow> counted = [];
        foreach (var some in rows.Chunk(500))
        {
            var ids = some.Select(r => r.Id).ToList();
            var counts = await db.NewsRecipients.AsNoTracking().Where(r => ids.Contains(r.ItemId)).GroupBy(r => r.ItemId)
                .Select(g => new { g.Key, Told = g.Count(), Read = g.Count(r => r.ReadAt != null), Confirmed = g.Count(r => r.ConfirmedAt != null) })
                .ToDictionaryAsync(g => g.Key, ct);
            counted.AddRange(some.Select(row => counts.TryGetValue(row.Id, out var c)
                ? row with { Told = c.Told, Read = c.Read, Confirmed = c.Confirmed } : row));
        }
        return [.. counted.Select(r => r with { AudienceWords = words[r.Audience] })];
    }

    private NewsForm FormOf(NewsItem item) => new()
    {
        Version = item.Version,
        ColumnId = item.ColumnId,
        Title = item.Title,
        TitleEn = item.TitleEn,
        Summary = item.Summary,
        SummaryEn = item.SummaryEn,
        Body = item.Body,
        BodyEn = item.BodyEn,
        CoverKey = item.CoverKey,
        Audience = item.Audience,
        IsPublic = item.IsPublic,
        IsUrgent = item.IsUrgent,
        NeedsConfirmation = item.NeedsConfirmation,
        ConfirmBefore = Local(item.ConfirmBefore),
        PinnedUntil = item.PinnedUntil,
        PublishAt = Local(item.PublishAt),
        ExpiresAt = Local(item.ExpiresAt),
        OutageKind = item.OutageKind,
        OutageFrom = Local(item.OutageFrom),
        OutageUntil = Local(item.OutageUntil),
        OutageBuildings = [.. item.OutageBuildings.Select(b => b.BuildingId).Order()],
    };

    private DateTime? Local(DateTimeOffset? moment) => moment is { } at ? office.Local(at).DateTime : null;
}
