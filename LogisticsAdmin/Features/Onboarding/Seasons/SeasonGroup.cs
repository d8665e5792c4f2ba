using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Classes of a season that choose their beds together: from when until when, and where.</summary>
public sealed class SeasonGroup : Versioned, IAudited
{
    private readonly List<GroupClass> _classes = [];
    private readonly List<GroupRooms> _rooms = [];

    private SeasonGroup() { }

    public SeasonGroup(long seasonId, string name, DateTimeOffset choosesFrom, DateTimeOffset choosesUntil)
    {
        SeasonId = seasonId;
        Describe(name, choosesFrom, choosesUntil);
    }

    public long SeasonId { get; private set; }
    public string Name { get; private set; } = "";
    public DateTimeOffset ChoosesFrom { get; private set; }

    /// <summary>After this moment nobody chooses any more; the office fills what is left.</summary>
    public DateTimeOffset ChoosesUntil { get; private set; }

    public IReadOnlyCollection<GroupClass> Classes => _classes;
    public IReadOnlyCollection<GroupRooms> Rooms => _rooms;

    public void Describe(string name, DateTimeOffset choosesFrom, DateTimeOffset choosesUntil) =>
        (Name, ChoosesFrom, ChoosesUntil) = (CleanText.Clean(name), choosesFrom, choosesUntil);

    /// <summary>Replaces the classes. The caller checks that no other group of the season has one of them; a unique index enforces it.</summary>
    public void SetClasses(IEnumerable<string> names)
    {
        List<string> wanted = [.. names.Select(n => CleanText.Clean(n)).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)];
        _classes.RemoveAll(c => !wanted.Contains(c.ClassName));
        _classes.AddRange(wanted.Where(n => _classes.TrueForAll(c => c.ClassName != n)).Select(n => new GroupClass(SeasonId, n)));
    }

    /// <summary>Replaces the rooms that are offered.</summary>
    public void SetRooms(IEnumerable<GroupRooms> rooms)
    {
        _rooms.Clear();
        _rooms.AddRange(rooms);
    }
}

/// <summary>A class of a group, by the name that the people of the class have.</summary>
public sealed class GroupClass
{
    private GroupClass() { }

    internal GroupClass(long seasonId, string className) => (SeasonId, ClassName) = (seasonId, className);

    public long Id { get; private set; }
    public long SeasonId { get; private set; }
    public long GroupId { get; private set; }
    public string ClassName { get; private set; } = "";
}
