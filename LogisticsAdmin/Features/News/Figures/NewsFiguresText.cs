namespace LogisticsAdmin.Features.News.Figures;

/// <summary>Words of the report's section on notices and news.</summary>
public sealed class NewsFiguresText;
