namespace LogisticsAdmin.Features.News.Sections;

/// <summary>Words of what notices and news show on pages of others: of a person, of a room, in the search box.</summary>
public sealed class SectionsText;
