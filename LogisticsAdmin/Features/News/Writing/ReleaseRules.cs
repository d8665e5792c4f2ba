using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What an item must have before it is submitted, released or corrected; a draft may still lack it.</summary>
internal static class ReleaseRules
{
    /// <summary>How long before a planned outage it should be announced (published rule of a campus).</summary>
    public static readonly TimeSpan OutageNotice = TimeSpan.FromHours(24);

    /// <exception cref="Rejected">With a problem at each field that lacks something.</exception>
    public static void Demand(NewsItem item, int addressed, DateTimeOffset now)
    {
        List<FieldProblem> problems = [];
        if (!item.Content.HasChinese && !item.Content.HasEnglish)
        {
            if (item.Title.Length == 0 && item.TitleEn.Length == 0) Add(nameof(NewsForm.Title), "TitleMissing");
            else if (item.Body.Length == 0 && item.BodyEn.Length == 0) Add(nameof(NewsForm.Body), "BodyMissing");
            else Add(nameof(NewsForm.Body), "LanguageIncomplete");
        }
        foreach (var (field, body) in new[] { (nameof(NewsForm.Body), item.Body), (nameof(NewsForm.BodyEn), item.BodyEn) })
        {
            if (NewsHtml.IsNestedTooDeeply(body)) Add(field, "NestedTooDeeply");
            else if (NewsHtml.WidestTable(body) > NewsLimits.TableColumns) Add(field, "TableTooWide", NewsLimits.TableColumns);
        }
        foreach (var (field, text) in new[]
        {
            (nameof(NewsForm.Title), item.Title), (nameof(NewsForm.TitleEn), item.TitleEn), (nameof(NewsForm.Summary), item.Summary),
            (nameof(NewsForm.SummaryEn), item.SummaryEn), (nameof(NewsForm.Body), item.Body), (nameof(NewsForm.BodyEn), item.BodyEn),
        })
        {
            if (Placeholders.In(text) is [var first, ..]) Add(field, "PlaceholderLeft", first);
        }
        // Of what is out already only texts and the outage can change, so that the rest can't stand in the way of a correction.
        if (item.PublishedAt is null)
        {
            if (addressed == 0 && !item.IsPublic) Add(nameof(NewsForm.Audience), "NobodyAddressed");
            if (item.IsPublic && !item.Audience.IsEveryone) Add(nameof(NewsForm.IsPublic), "PublicForEveryoneOnly");
            if (item.PublishAt is { } at && at < now - TimeSpan.FromMinutes(1)) Add(nameof(NewsForm.PublishAt), "PublishAtPast");
            if (item.ExpiresAt is { } end && end <= (item.PublishAt ?? now)) Add(nameof(NewsForm.ExpiresAt), "ExpiresTooEarly");
            if (item.AsksForConfirmation && item.ConfirmBefore is { } confirm && confirm <= (item.PublishAt ?? now))
                Add(nameof(NewsForm.ConfirmBefore), "ConfirmTooEarly");
        }
        if (item.OutageKind is not null)
        {
            if (item.OutageFrom is null) Add(nameof(NewsForm.OutageFrom), "OutageTimeMissing");
            else if (item.OutageUntil is null || item.OutageUntil <= item.OutageFrom) Add(nameof(NewsForm.OutageUntil), "OutageEndsTooEarly");
            if (item.OutageBuildings.Count == 0) Add(nameof(NewsForm.OutageBuildings), "OutageBuildingsMissing");
        }
        if (problems.Count > 0) throw Rejected.Fields(problems);

        void Add(string field, string key, params object?[] args) => problems.Add(new FieldProblem(field, key, typeof(WritingText), args, null));
    }
}
