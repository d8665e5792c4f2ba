using System.Collections.Frozen;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>All published and expired items, the newest first, and what is needed to tell whom they address. Never changes.</summary>
public sealed class BoardSnapshot
{
    private readonly FrozenDictionary<long, BoardItem> _byId;
    private readonly FrozenDictionary<string, BoardItem> _byNumber;
    private readonly FrozenDictionary<long, NewsColumn> _columns;

    // Many items have the same audience: each rule is asked once for a reader, whatever the number of items.
    private readonly AudienceRule[] _rules;
    private readonly int[] _ruleOf;

    public BoardSnapshot(IReadOnlyList<BoardItem> items, IReadOnlyDictionary<long, AudienceRule> groups, IReadOnlyList<NewsColumn> columns)
    {
        (Items, Groups, Columns) = (items, groups, columns);
        _byId = items.ToFrozenDictionary(i => i.Id);
        _byNumber = items.ToFrozenDictionary(i => i.Number, StringComparer.OrdinalIgnoreCase);
        _columns = columns.ToFrozenDictionary(c => c.Id);
        Dictionary<AudienceRule, int> rules = [];
        _ruleOf = new int[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            if (!rules.TryGetValue(items[i].Audience, out var rule)) rules[items[i].Audience] = rule = rules.Count;
            _ruleOf[i] = rule;
        }
        _rules = [.. rules.OrderBy(r => r.Value).Select(r => r.Key)];
    }

    public IReadOnlyList<BoardItem> Items { get; }

    public IReadOnlyDictionary<long, AudienceRule> Groups { get; }

    /// <summary>All columns in their order, retired ones included.</summary>
    public IReadOnlyList<NewsColumn> Columns { get; }

    /// <summary>The names of the buildings that outages concern.</summary>
    public IReadOnlyDictionary<long, LocalName> Buildings { get; init; } = new Dictionary<long, LocalName>();

    /// <summary>The changes of the feed up to this one are part of it.</summary>
    public long Sequence { get; init; }

    public BoardItem? Find(long id) => _byId.GetValueOrDefault(id);

    public BoardItem? Find(string number) => _byNumber.GetValueOrDefault(number);

    public NewsColumn ColumnOf(BoardItem item) => _columns[item.ColumnId];

    public IReadOnlyList<LocalName> BuildingsOf(BoardItem item) =>
        [.. item.OutageBuildings.Select(b => Buildings.GetValueOrDefault(b)).OfType<LocalName>()];

    public bool Addresses(BoardItem item, ReaderFacts reader) => item.Audience.Matches(reader, Groups);

    /// <summary>What this reader may see, the newest first.</summary>
    public IEnumerable<BoardItem> For(ReaderFacts reader)
    {
        var matches = new bool[_rules.Length];
        for (var i = 0; i < matches.Length; i++) matches[i] = _rules[i].Matches(reader, Groups);
        return Addressed(matches);
    }

    private IEnumerable<BoardItem> Addressed(bool[] matches)
    {
        for (var i = 0; i < _ruleOf.Length; i++)
            if (matches[_ruleOf[i]]) yield return Items[i];
    }
}
