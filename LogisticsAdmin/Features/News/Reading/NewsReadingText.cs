namespace LogisticsAdmin.Features.News.Reading;

/// <summary>Words of the readers' pages.</summary>
public sealed class NewsReadingText;
