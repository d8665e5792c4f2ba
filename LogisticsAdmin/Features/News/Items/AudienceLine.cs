namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// People for whom at least one value holds. Places, crews, people and groups are named by id, roles by name, classes and colleges by their text.
/// </summary>
public sealed record AudienceLine(AudienceField Field, IReadOnlyList<string> Values);
