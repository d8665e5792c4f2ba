using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>A saved audience. When it changes, so do the audiences of all items that name it.</summary>
public sealed class AudienceGroup : Versioned, IRetirable, IAudited
{
    private AudienceGroup() { }

    public AudienceGroup(string name, string nameEn, AudienceRule rule) => Describe(name, nameEn, rule);

    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>Names no other group.</summary>
    public AudienceRule Rule { get; private set; } = AudienceRule.Everyone;
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Describe(string name, string nameEn, AudienceRule rule) =>
        (Name, NameEn, Rule) = (CleanText.Clean(name), CleanText.Clean(nameEn), rule);

    public void Retire(long by, DateTimeOffset at) => (RetiredAt, RetiredById) = (at, by);

    public void Restore() => (RetiredAt, RetiredById) = (null, null);
}
