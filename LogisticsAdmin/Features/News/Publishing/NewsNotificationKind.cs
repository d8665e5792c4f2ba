using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>A kind of message about an item; the subject is its number.</summary>
internal sealed class NewsNotificationKind(NewsNotification kind) : INotificationKind
{
    private const string Paper = "M5 4h14v16H5zM8 8h8M8 12h8M8 16h5";
    private const int TitleLength = 100;
    private const string Megaphone = "M4 10v4l11 4V6zM15 9a3 3 0 0 1 0 6M7 15v4h3v-3";

    private static readonly Dictionary<string, LocalName> NoTitles = [];
    private static readonly LocalName OfNews = LocalName.Of<NewsText>("Message.Group");

    private readonly LocalName _text = LocalName.Of<NewsText>($"{nameof(NewsNotification)}.{kind}");

    public int Id => (int)kind;
    public string Icon => IsUrgent ? Megaphone : Paper;
    public bool IsUrgent => kind is NewsNotification.Urgent;

    public LocalName? Group => OfNews;
    public GroupEvent? Event => IsUrgent ? GroupEvent.UrgentNotice : null;

    private bool IsForWriters => kind is NewsNotification.ReviewAsked or NewsNotification.Returned;

    public IReadOnlyList<Role> Recipients => IsForWriters ? RoleGroups.Office : Enum.GetValues<Role>();

    public LocalName TextFor(string? argument) => _text;

    public string Address(Actor reader, string subject) =>
        IsForWriters ? $"news/{subject}/edit" : reader.IsOffice ? $"news/{subject}" : $"my/news/{subject}";

    /// <summary>Those who may publish see drafts; others what is published and addresses them now.</summary>
    public async Task<bool> MaySeeAsync(LogisticsDb db, Actor reader, string subject, CancellationToken ct)
    {
        if (IsForWriters) return await db.MayPublishAsync(reader, ct);
        if (reader.PersonId is not { } person) return false;
        var audience = await db.NewsItems.AsNoTracking().Where(i => i.Number == subject && i.State == NewsState.Published)
            .Select(i => i.Audience).SingleOrDefaultAsync(ct);
        return audience is not null && (await db.FactsAsync([person], ct)) is [var facts]
            && audience.Matches(facts, await db.AudienceGroupsAsync(ct));
    }

    /// <summary>
    /// Titles as they are now, in both languages: of any item for those who may publish, where it is asked for writers; otherwise of those that the
    /// reader may open, which for the office are all that are published or have ended.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, LocalName>?> TitlesAsync(
        LogisticsDb db, Actor reader, IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        if (IsForWriters && !await db.MayPublishAsync(reader, ct)) return NoTitles;
        var items = db.NewsItems.AsNoTracking().Where(i => subjects.Contains(i.Number));
        if (!IsForWriters) items = items.Where(i => i.State == NewsState.Published || i.State == NewsState.Expired);
        var found = await items.Select(i => new { i.Number, i.Title, i.TitleEn, i.Audience }).ToListAsync(ct);
        if (!IsForWriters && !reader.IsOffice && found.Exists(i => !i.Audience.IsEveryone))
        {
            if (reader.PersonId is not { } person || await db.FactsAsync([person], ct) is not [var facts]) return NoTitles;
            var groups = await db.AudienceGroupsAsync(ct);
            found.RemoveAll(i => !i.Audience.Matches(facts, groups));
        }
        return found.ToDictionary(i => i.Number, i => TitleOf(CleanText.Summary(i.Title, TitleLength), CleanText.Summary(i.TitleEn, TitleLength)));
    }

    /// <summary>
    /// The title, or the kind alone of what is not for everyone: nobody knows who reads a group. Null once it is withdrawn or has ended.
    /// </summary>
    public async Task<LocalName?> GroupTextAsync(LogisticsDb db, string subject, CancellationToken ct)
    {
        var found = await db.NewsItems.AsNoTracking().Where(i => i.Number == subject && i.State == NewsState.Published)
            .Select(i => new { i.Title, i.TitleEn, i.Audience }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        if (!found.Audience.IsEveryone) return new LocalName($"【{_text.Zh}】{subject}", $"[{_text.En}] {subject}");
        var title = TitleOf(found.Title, found.TitleEn);
        return new LocalName($"【{_text.Zh}】{title.Zh} {subject}", $"[{_text.En}] {title.En} {subject}");
    }

    /// <summary>A language without a title shows the other one.</summary>
    private static LocalName TitleOf(string zh, string en) => new(zh.Length > 0 ? zh : en, en.Length > 0 ? en : zh);
}
