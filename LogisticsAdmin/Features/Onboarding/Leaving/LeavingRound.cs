using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>离校批次: classes that leave their rooms within some days.</summary>
public sealed class LeavingRound : Versioned, IAudited
{
    private readonly List<LeavingClass> _classes = [];

    private LeavingRound() { }

    public LeavingRound(LocalName name, DateOnly firstDay, DateOnly lastDay) => Describe(name, firstDay, lastDay);

    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }
    public DateOnly LastDay { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public LocalName LocalName => new(Name, NameEn);
    public IReadOnlyCollection<LeavingClass> Classes => _classes;

    public void Describe(LocalName name, DateOnly firstDay, DateOnly lastDay)
    {
        (Name, NameEn) = (CleanText.Clean(name.Zh), CleanText.Clean(name.En));
        (FirstDay, LastDay) = (firstDay, lastDay);
    }

    public void SetClasses(IEnumerable<string> names)
    {
        List<string> wanted = [.. names.Select(n => CleanText.Clean(n)).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)];
        _classes.RemoveAll(c => !wanted.Contains(c.ClassName));
        _classes.AddRange(wanted.Where(n => _classes.TrueForAll(c => c.ClassName != n)).Select(n => new LeavingClass(n)));
    }

    public void Close(DateTimeOffset at) => ClosedAt ??= at;

    public void Reopen() => ClosedAt = null;
}

/// <summary>A class of a round, by the name that the people of the class have.</summary>
public sealed class LeavingClass
{
    private LeavingClass() { }

    internal LeavingClass(string className) => ClassName = className;

    public long Id { get; private set; }
    public long RoundId { get; private set; }
    public string ClassName { get; private set; } = "";
}
