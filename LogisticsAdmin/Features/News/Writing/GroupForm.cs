namespace LogisticsAdmin.Features.News.Writing;

/// <summary>The names of an audience that is saved as a group.</summary>
public sealed class GroupForm
{
    public string? Name { get; set; }
    public string? NameEn { get; set; }
}
