using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// 发布范围: everyone with an account for whom every line holds and no exception does. Without lines, everyone. Two rules are equal when they say
/// the same in the same order.
/// </summary>
public sealed class AudienceRule : IEquatable<AudienceRule>
{
    public static readonly AudienceRule Everyone = new([], []);

    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly string _json;

    public AudienceRule(IReadOnlyList<AudienceLine> lines, IReadOnlyList<AudienceLine> except)
    {
        (Lines, Except) = ([.. lines.Where(l => l.Values.Count > 0)], [.. except.Where(l => l.Values.Count > 0)]);
        _json = JsonSerializer.Serialize(new Stored(Lines, Except), Format);
    }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<AudienceLine> Lines { get; }

    /// <summary>None of them may hold.</summary>
    public IReadOnlyList<AudienceLine> Except { get; }

    public bool IsEveryone => Lines.Count == 0 && Except.Count == 0;

    /// <summary>The saved groups that the rule names.</summary>
    public IEnumerable<long> Groups => Lines.Concat(Except).Where(l => l.Field == AudienceField.Group).SelectMany(l => l.Values)
        .Select(v => TypedId.Parse(v) ?? 0);

    public static AudienceRule Parse(string json) =>
        JsonSerializer.Deserialize<Stored>(json, Format) is { } stored ? new AudienceRule(stored.Lines ?? [], stored.Except ?? []) : Everyone;

    /// <summary>
    /// Whether the reader is addressed. <paramref name="groups"/> holds the rules of all saved groups; one that is not there addresses nobody.
    /// </summary>
    public bool Matches(ReaderFacts reader, IReadOnlyDictionary<long, AudienceRule> groups) =>
        Lines.All(line => Holds(line, reader, groups)) && !Except.Any(line => Holds(line, reader, groups));

    public string ToJson() => _json;

    public bool Equals(AudienceRule? other) => other is not null && _json == other._json;

    public override bool Equals(object? obj) => Equals(obj as AudienceRule);

    public override int GetHashCode() => _json.GetHashCode(StringComparison.Ordinal);

    private static bool Holds(AudienceLine line, ReaderFacts reader, IReadOnlyDictionary<long, AudienceRule> groups)
    {
        foreach (var value in line.Values)
        {
            var holds = line.Field switch
            {
                AudienceField.Role => reader.Roles.Any(r => r.ToString() == value),
                AudienceField.Campus => IsId(reader.CampusId, value),
                AudienceField.Building => IsId(reader.BuildingId, value),
                AudienceField.Floor => reader is { BuildingId: { } building, Floor: { } floor } && FloorValue(building, floor) == value,
                AudienceField.Room => IsId(reader.RoomId, value),
                AudienceField.Class => reader.ClassName == value,
                AudienceField.Grade => reader.Grade is { } grade && grade.ToString(CultureInfo.InvariantCulture) == value,
                AudienceField.College => reader.College == value,
                AudienceField.Crew => IsId(reader.CrewId, value),
                AudienceField.Person => IsId(reader.PersonId, value),
                AudienceField.Group => TypedId.Parse(value) is { } id
                    && groups.TryGetValue(id, out var group) && group.Matches(reader, NoGroups),
                _ => false,
            };
            if (holds) return true;
        }
        return false;
    }

    /// <summary>Groups don't name groups.</summary>
    internal static readonly IReadOnlyDictionary<long, AudienceRule> NoGroups = new Dictionary<long, AudienceRule>();

    public static string FloorValue(long building, int floor) => string.Create(CultureInfo.InvariantCulture, $"{building}:{floor}");

    private static bool IsId(long? id, string value) => id is { } known && known.ToString(CultureInfo.InvariantCulture) == value;

    private sealed record Stored(IReadOnlyList<AudienceLine>? Lines, IReadOnlyList<AudienceLine>? Except);
}
