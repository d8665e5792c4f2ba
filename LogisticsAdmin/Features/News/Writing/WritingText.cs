namespace LogisticsAdmin.Features.News.Writing;

/// <summary>Words of writing, reviewing and publishing.</summary>
public sealed class WritingText;
