namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What is set of a draft beside its texts, compared and merged when two people changed it at once.</summary>
public static class NewsSettings
{
    private sealed record Setting(string Label, Func<NewsForm, object?> Of, Action<NewsForm, NewsForm> Take);

    private static readonly IReadOnlyList<Setting> All =
    [
        new("Field.Column", f => f.ColumnId, (to, from) => to.ColumnId = from.ColumnId),
        new("ForWhom", f => f.Audience, (to, from) => to.Audience = from.Audience),
        new("IsCover", f => f.CoverKey, (to, from) => to.CoverKey = from.CoverKey),
        new("PublishAt", f => f.PublishAt, (to, from) => to.PublishAt = from.PublishAt),
        new("ExpiresAt", f => f.ExpiresAt, (to, from) => to.ExpiresAt = from.ExpiresAt),
        new("PinnedUntil", f => f.PinnedUntil, (to, from) => to.PinnedUntil = from.PinnedUntil),
        new("Urgent", f => f.IsUrgent, (to, from) => to.IsUrgent = from.IsUrgent),
        new("NeedsConfirmation", f => f.NeedsConfirmation, (to, from) => to.NeedsConfirmation = from.NeedsConfirmation),
        new("ConfirmBefore", f => f.ConfirmBefore, (to, from) => to.ConfirmBefore = from.ConfirmBefore),
        new("Public", f => f.IsPublic, (to, from) => to.IsPublic = from.IsPublic),
        new("Outage", f => f.OutageKind, (to, from) => to.OutageKind = from.OutageKind),
        new("OutageFrom", f => f.OutageFrom, (to, from) => to.OutageFrom = from.OutageFrom),
        new("OutageUntil", f => f.OutageUntil, (to, from) => to.OutageUntil = from.OutageUntil),
        new("OutageBuildings", f => string.Join(' ', f.OutageBuildings.Order()), (to, from) => to.OutageBuildings = from.OutageBuildings),
    ];

    /// <summary>The labels of the settings that differ, as keys of <see cref="WritingText"/>, in the order of the page.</summary>
    public static IReadOnlyList<string> Differing(NewsForm one, NewsForm other) => [.. All.Where(s => Differs(s, one, other)).Select(s => s.Label)];

    /// <summary>My texts, the settings that I changed since <paramref name="opened"/>, and everything else as they stored it.</summary>
    public static NewsForm Merged(NewsForm opened, NewsForm mine, NewsForm theirs)
    {
        var merged = theirs with
        {
            Title = mine.Title,
            TitleEn = mine.TitleEn,
            Summary = mine.Summary,
            SummaryEn = mine.SummaryEn,
            Body = mine.Body,
            BodyEn = mine.BodyEn,
        };
        foreach (var setting in All.Where(s => Differs(s, opened, mine))) setting.Take(merged, mine);
        return merged;
    }

    private static bool Differs(Setting setting, NewsForm one, NewsForm other) => !Equals(setting.Of(one), setting.Of(other));
}
