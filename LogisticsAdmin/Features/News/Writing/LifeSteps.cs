using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>A step of an item's life, with who took it and when.</summary>
internal sealed record LifeStep(int Order, NewsState State, LifePlace Place, string? Who, DateTimeOffset? At);

/// <summary>The life of an item as the editor shows it above the text.</summary>
internal static class LifeSteps
{
    public static IReadOnlyList<LifeStep> Of(NewsEditing item)
    {
        var life = item.Life;
        List<(NewsState State, string? Who, DateTimeOffset? At)> steps = [(NewsState.Draft, life.Author, life.CreatedAt)];
        if (item.NeedsReview || item.State == NewsState.InReview || life.ReviewedAt is not null)
            steps.Add((NewsState.InReview, life.Reviewer ?? life.Submitter, life.ReviewedAt ?? life.SubmittedAt));
        if (life.PublishAt is { } planned) steps.Add((NewsState.Scheduled, null, planned));
        steps.Add((NewsState.Published, null, life.PublishedAt));
        if (item.State == NewsState.Withdrawn) steps.Add((NewsState.Withdrawn, life.Withdrawer, life.WithdrawnAt));
        else if (item.State == NewsState.Discarded) steps = [steps[0], (NewsState.Discarded, null, null)];
        else steps.Add((NewsState.Expired, null, life.ExpiredAt ?? life.ExpiresAt));

        var now = steps.FindIndex(s => s.State == item.State);
        return [.. steps.Select((s, i) => new LifeStep(
            i + 1, s.State, i < now ? LifePlace.Past : i == now ? LifePlace.Now : LifePlace.Ahead, s.Who, s.At))];
    }
}
