using System.Text.RegularExpressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>A room that was found, named or chosen. Only one that was named or chosen before can be retired.</summary>
public sealed record FoundRoom(long Id, long BuildingId, LocalName Building, LocalName Room, string Code, bool IsRetired)
{
    public override string ToString() => $"{Building} {Room}";
}

/// <summary>A building that was found.</summary>
public sealed record FoundBuilding(long Id, LocalName Name, LocalName Campus);

/// <summary>
/// Finds places in use by what people type: each word has to occur in the building or the room, by code, by name in either language, and
/// buildings also by pinyin: "竹园3 512", "zy3 512", "竹园3号楼512".
/// </summary>
public static partial class PlaceFinder
{
    /// <summary>An office has some dozens of buildings; a word matches at most this many of them.</summary>
    private const int MaxBuildings = 500;

    /// <summary>Rooms of one number that are looked at where a text has to name a single one.</summary>
    private const int MaxNamed = 50;

    private static readonly char[] Separators = [' ', '\u3000', ',', '，', '·'];

    /// <summary>The rooms that match all words, those with a typed number first. Nothing typed finds nothing.</summary>
    internal static async Task<IReadOnlyList<FoundRoom>> FindRoomsAsync(this LogisticsDb db, string typed, int take, CancellationToken ct)
    {
        var words = SearchWords.Of(typed, Separators);
        if (words.Count == 0) return [];
        var buildings = await BuildingsAsync(db, ct);
        var found = await FindAsync(db, buildings, words, take, ct);
        return found.Count > 0 || Apart(words) is not { } apart ? found : await FindAsync(db, buildings, apart, take, ct);
    }

    /// <summary>
    /// The rooms that a text names: it ends with the room's own number or name, and what stands before it occurs in the building. Where it is all of
    /// a building's name, rooms of other buildings are left out. A retired room is named as well, so that its text never means another one: only a
    /// single room that is not retired is meant.
    /// </summary>
    internal static async Task<IReadOnlyList<FoundRoom>> NamedRoomsAsync(this LogisticsDb db, string typed, CancellationToken ct)
    {
        if (typed.Length > SearchWords.Longest) return [];
        var words = Split(typed);
        if (words.Count is 0 or > SearchWords.Most) return [];
        var buildings = await BuildingsAsync(db, ct, withRetired: true);
        var named = await NamedAsync(words);
        // Only the last word is taken apart: 竹园3 is one building, and no word of others.
        if (named.Count == 0 && NumberBehindName().IsMatch(words[^1])) named = await NamedAsync([.. words[..^1], .. Apart([words[^1]])!]);
        return named;

        async Task<IReadOnlyList<FoundRoom>> NamedAsync(List<string> parts)
        {
            var text = string.Join(' ', parts);
            List<(FoundRoom Room, bool IsOfNamedBuilding)> found = [];
            foreach (var room in await FindAsync(db, buildings, [.. parts.Distinct()], MaxNamed, ct, withRetired: true))
            {
                string[] names = [room.Code, room.Room.Zh, room.Room.En];
                if (names.Select(n => Before(text, n)).FirstOrDefault(b => b is not null) is { } before)
                    found.Add((room, buildings.Exists(b => b.Id == room.BuildingId && b.IsCalled(before))));
            }
            if (found.Exists(f => f.IsOfNamedBuilding)) found.RemoveAll(f => !f.IsOfNamedBuilding);
            var inUse = found.Where(f => !f.Room.IsRetired).ToList();
            // A number that was given again, or a building that was made anew.
            found.RemoveAll(f => f.Room.IsRetired && inUse.Exists(u => u.Room.BuildingId == f.Room.BuildingId || u.IsOfNamedBuilding));
            return [.. found.Select(f => f.Room)];
        }
    }

    /// <summary>The buildings that match all words, in the order of their codes. Nothing typed finds nothing.</summary>
    internal static async Task<IReadOnlyList<FoundBuilding>> FindBuildingsAsync(this LogisticsDb db, string typed, int take, CancellationToken ct)
    {
        var words = SearchWords.Of(typed, Separators);
        return words.Count == 0 ? [] :
        [
            .. (await BuildingsAsync(db, ct)).Where(b => words.All(b.Matches)).OrderBy(b => b.Code, PlaceOrder.Codes).Take(take)
                .Select(b => new FoundBuilding(b.Id, b.Name, b.Campus)),
        ];
    }

    /// <summary>One room, also a retired one; null where there is none.</summary>
    internal static Task<FoundRoom?> FoundRoomAsync(this LogisticsDb db, long id, CancellationToken ct) =>
        db.Rooms.AsNoTracking().Where(r => r.Id == id).Select(r => new FoundRoom(
            r.Id, r.BuildingId, new LocalName(r.Building.Name, r.Building.NameEn), new LocalName(r.Name, r.NameEn), r.Code,
            r.RetiredAt != null || r.Building.RetiredAt != null || r.Building.Campus.RetiredAt != null)).FirstOrDefaultAsync(ct);

    private static async Task<IReadOnlyList<FoundRoom>> FindAsync(
        LogisticsDb db, List<KnownBuilding> buildings, IReadOnlyList<string> words, int take, CancellationToken ct, bool withRetired = false)
    {
        var rooms = db.Rooms.AsNoTracking()
            .Where(r => withRetired || (r.RetiredAt == null && r.Building.RetiredAt == null && r.Building.Campus.RetiredAt == null));
        foreach (var word in words)
        {
            var pattern = LikePattern.Containing(word);
            var inThese = buildings.Where(b => b.Matches(word)).Select(b => b.Id).Take(MaxBuildings).ToList();
            rooms = rooms.Where(r => inThese.Contains(r.BuildingId) || EF.Functions.Like(r.Code, pattern, LikePattern.Escape)
                || EF.Functions.Like(r.Name, pattern, LikePattern.Escape) || EF.Functions.Like(r.NameEn, pattern, LikePattern.Escape));
        }
        return await rooms.OrderByDescending(r => words.Contains(r.Code)).ThenBy(r => r.BuildingId).ThenBy(r => r.Floor)
            .ThenBy(r => r.Code.Length).ThenBy(r => r.Code).Take(take)
            .Select(r => new FoundRoom(
                r.Id, r.BuildingId, new LocalName(r.Building.Name, r.Building.NameEn), new LocalName(r.Name, r.NameEn), r.Code,
                r.RetiredAt != null || r.Building.RetiredAt != null || r.Building.Campus.RetiredAt != null))
            .ToListAsync(ct);
    }

    private static async Task<List<KnownBuilding>> BuildingsAsync(LogisticsDb db, CancellationToken ct, bool withRetired = false) =>
        [
            .. (await db.Buildings.AsNoTracking().Where(b => withRetired || (b.RetiredAt == null && b.Campus.RetiredAt == null)).OrderBy(b => b.Id)
                .Select(b => new { b.Id, b.Code, Name = new LocalName(b.Name, b.NameEn), Campus = new LocalName(b.Campus.Name, b.Campus.NameEn) })
                .ToListAsync(ct)).Select(b => new KnownBuilding(b.Id, b.Code, b.Name, b.Campus)),
        ];

    private static List<string> Split(string typed) => [.. CleanText.Clean(typed).Split(Separators, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What stands before a name at the end of a text; null where the text does not end with it.</summary>
    private static string? Before(string text, string name)
    {
        var end = string.Join(' ', Split(name));
        return end.Length == 0 ? null
            : text.Equals(end, StringComparison.OrdinalIgnoreCase) ? ""
            : text.EndsWith(" " + end, StringComparison.OrdinalIgnoreCase) ? text[..^(end.Length + 1)] : null;
    }

    /// <summary>The words with the number behind a building's name apart; null where there is none.</summary>
    private static List<string>? Apart(IReadOnlyList<string> words) =>
        words.Any(w => NumberBehindName().IsMatch(w)) ? [.. words.SelectMany(w => NumberBehindName().Replace(w, "$1 $2").Split(' '))] : null;

    [GeneratedRegex(@"^(.*\D)(\d+)$")]
    private static partial Regex NumberBehindName();

    private sealed class KnownBuilding(long id, string code, LocalName name, LocalName campus)
    {
        private readonly string[] _spellings = [code, name.Zh, name.En, .. Readings(name.Zh)];

        public long Id => id;
        public string Code => code;
        public LocalName Name => name;
        public LocalName Campus => campus;

        public bool IsCalled(string text) => Array.Exists(_spellings, s => s.Equals(text, StringComparison.OrdinalIgnoreCase));

        public bool Matches(string word) => Array.Exists(_spellings, s => s.Contains(word, StringComparison.OrdinalIgnoreCase));

        private static string[] Readings(string name)
        {
            var (full, initials) = Pinyin.OfWords(name);
            return [full, initials];
        }
    }
}
