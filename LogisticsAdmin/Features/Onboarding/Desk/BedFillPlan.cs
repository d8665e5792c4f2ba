using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>A student who gets a bed.</summary>
internal sealed record FillStudent(long PersonId, long GroupId, string ClassName, Gender Gender, SleepRhythm Rhythm, bool WantsQuiet);

/// <summary>A room with its free beds in their order, and of whom live in it or have chosen a bed in it.</summary>
internal sealed record FillRoom(long Id, IReadOnlyList<long> FreeBeds, IReadOnlyCollection<Gender> Genders, IReadOnlyCollection<string> Classes);

/// <summary>Who gets which bed.</summary>
internal sealed record FillPlace(long PersonId, long BedId);

/// <summary>
/// The rules of 补配, the same for the same seed, students and beds, whatever order these are given in:
/// <list type="number">
/// <item>Classes come one after another, in an order drawn from the seed; within a class the same wishes (early or late, quiet) are next to each
/// other, in an order drawn from the seed, and so are those with the same wishes.</item>
/// <item>Each gets a free bed of a room that the group offers to their gender and in which nobody of another gender lives or has a bed; in an empty
/// room the first person decides. Who is of unknown gender suits everywhere and decides nothing, as at the desk.</item>
/// <item>Rooms in which classmates have a bed come first, then rooms with the most free beds, then those that stand first.</item>
/// <item>Where that leaves somebody without a bed although beds are free, it is done again so that rooms that have people are filled up before empty
/// ones are begun; the result that gives more people a bed counts.</item>
/// </list>
/// </summary>
internal static class BedFillPlan
{
    /// <summary>The rooms in their order, and for each group and gender those that are offered to it.</summary>
    public static IReadOnlyList<FillPlace> Make(
        long seed, IReadOnlyCollection<FillStudent> students, IReadOnlyList<FillRoom> rooms,
        IReadOnlyDictionary<(long Group, Gender Gender), IReadOnlySet<long>> offers)
    {
        var ordered = Order(seed, students);
        var plan = Place(ordered, rooms, offers, fillsUp: false);
        if (plan.Count == students.Count || plan.Count == rooms.Sum(r => r.FreeBeds.Count)) return plan;
        var other = Place(ordered, rooms, offers, fillsUp: true);
        return other.Count > plan.Count ? other : plan;
    }

    /// <summary>Says whether two plans are the same.</summary>
    public static string HashOf(IEnumerable<FillPlace> plan)
    {
        var text = string.Join(';', plan.OrderBy(p => p.PersonId).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.PersonId}:{p.BedId}")));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static List<FillStudent> Order(long seed, IEnumerable<FillStudent> students) =>
    [
        .. students.OrderBy(s => Drawn(seed, $"class {s.ClassName}")).ThenBy(s => s.ClassName, StringComparer.Ordinal)
            .ThenBy(s => Drawn(seed, $"wish {s.ClassName} {s.Rhythm} {s.WantsQuiet}")).ThenBy(s => s.Rhythm).ThenBy(s => s.WantsQuiet)
            .ThenBy(s => Drawn(seed, string.Create(CultureInfo.InvariantCulture, $"person {s.PersonId}"))).ThenBy(s => s.PersonId),
    ];

    /// <summary>A number that depends on the seed and the thing alone, on every machine and in every version.</summary>
    private static ulong Drawn(long seed, string thing) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {thing}"))));

    private static List<FillPlace> Place(
        IEnumerable<FillStudent> ordered, IReadOnlyList<FillRoom> rooms, IReadOnlyDictionary<(long, Gender), IReadOnlySet<long>> offers, bool fillsUp)
    {
        var filled = rooms.Select(r => new FilledRoom(r)).ToList();
        var offered = offers.ToDictionary(o => o.Key, o => filled.Where(r => o.Value.Contains(r.Id)).ToList());
        List<FillPlace> plan = [];
        foreach (var student in ordered)
        {
            if (!offered.TryGetValue((student.GroupId, student.Gender), out var choice)) continue;
            // The first of equals, because the order of the rooms decides then.
            if (choice.Where(r => r.Takes(student)).MaxBy(r => r.RankFor(student, fillsUp)) is not { } room) continue;
            plan.Add(new FillPlace(student.PersonId, room.Take(student)));
        }
        return plan;
    }

    private sealed class FilledRoom(FillRoom room)
    {
        private readonly HashSet<Gender> _genders = [.. room.Genders.Where(g => g != Gender.Unknown)];
        private readonly HashSet<string> _classes = [.. room.Classes];
        private bool _hasPeople = room.Genders.Count > 0;
        private int _taken;

        public long Id => room.Id;

        private int Free => room.FreeBeds.Count - _taken;

        public bool Takes(FillStudent student) => Free > 0 && (student.Gender == Gender.Unknown || _genders.All(g => g == student.Gender));

        public (int, int, int) RankFor(FillStudent student, bool fillsUp)
        {
            var isWithClassmates = _classes.Contains(student.ClassName) ? 1 : 0;
            return fillsUp ? (_hasPeople ? 1 : 0, isWithClassmates, -Free) : (isWithClassmates, Free, 0);
        }

        public long Take(FillStudent student)
        {
            if (student.Gender != Gender.Unknown) _genders.Add(student.Gender);
            _hasPeople = true;
            _classes.Add(student.ClassName);
            return room.FreeBeds[_taken++];
        }
    }
}
