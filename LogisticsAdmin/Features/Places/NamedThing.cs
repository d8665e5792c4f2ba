using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>Base of places and crews: a code, a name in both languages, and retirement instead of deletion.</summary>
public abstract class NamedThing : Versioned, IRetirable, IAudited
{
    protected NamedThing() { }

    protected NamedThing(string code, string name, string nameEn) =>
        (Code, Name, NameEn) = (CleanText.Code(code), CleanText.Code(name), CleanText.Code(nameEn));

    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    /// <summary>What a spreadsheet may call it: code and both names, normalised by <see cref="CleanText.Loose"/>.</summary>
    public IEnumerable<string> Spellings => new[] { Code, Name, NameEn }.Select(CleanText.Loose).Where(n => n.Length > 0).Distinct();

    public void Rename(string name, string nameEn) => (Name, NameEn) = (CleanText.Code(name), CleanText.Code(nameEn));

    public void Retire(DateTimeOffset at, long? by, string because) => (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);

    public void Restore() => (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
}
