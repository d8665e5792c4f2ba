namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Words of the settings of notices and news.</summary>
public sealed class ColumnsText;
