using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>Base of places and crews: a code, a name in both languages, and retirement instead of deletion.</summary>
public abstract class NamedEntity : Versioned, IRetirable, IAudited
{
    protected NamedEntity() { }

    protected NamedEntity(string code, string name, string nameEn) =>
        (Code, Name, NameEn) = (CleanText.Clean(code), CleanText.Clean(name), CleanText.Clean(nameEn));

    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    /// <summary>What a spreadsheet may call it: code and both names, normalised by <see cref="CleanText.ComparisonKey"/>.</summary>
    public IEnumerable<string> Spellings => new[] { Code, Name, NameEn }.Select(CleanText.ComparisonKey).Where(n => n.Length > 0).Distinct();

    /// <summary>Changes the code; the caller checks that no other has it.</summary>
    public void Recode(string code) => Code = CleanText.Clean(code);

    public void Rename(string name, string nameEn) => (Name, NameEn) = (CleanText.Clean(name), CleanText.Clean(nameEn));

    public void Retire(DateTimeOffset at, long? by, string because) => (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);

    public void Restore() => (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
}
