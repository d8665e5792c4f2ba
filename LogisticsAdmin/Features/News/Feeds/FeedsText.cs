namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>Words of feeds and public pages.</summary>
public sealed class FeedsText;
