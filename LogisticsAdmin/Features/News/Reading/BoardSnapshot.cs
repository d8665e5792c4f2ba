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

    // What the items of each rule add to the state of its readers.
    private readonly ulong[] _states, _urgentStates;

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
        (_states, _urgentStates) = (new ulong[_rules.Length], new ulong[_rules.Length]);
        for (var i = 0; i < items.Count; i++)
        {
            var state = StateNumber.Of(items[i]);
            _states[_ruleOf[i]] += state;
            if (items[i] is { IsUrgent: true, IsCurrent: true }) _urgentStates[_ruleOf[i]] += state;
        }
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

    /// <summary>Differs whenever what this reader may see differs, or the urgent items that are valid; 0 for nothing.</summary>
    public ulong StateFor(ReaderFacts reader, bool isUrgent)
    {
        var states = isUrgent ? _urgentStates : _states;
        var state = 0UL;
        for (var i = 0; i < states.Length; i++)
            if (states[i] != 0 && _rules[i].Matches(reader, Groups)) state += states[i];
        return state;
    }

    private IEnumerable<BoardItem> Addressed(bool[] matches)
    {
        for (var i = 0; i < _ruleOf.Length; i++)
            if (matches[_ruleOf[i]]) yield return Items[i];
    }
}
