using System.Collections.Frozen;
using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>All published and expired items, the newest first, and what is needed to tell whom they address. Never changes.</summary>
public sealed class BoardSnapshot(IReadOnlyList<BoardItem> items, IReadOnlyDictionary<long, AudienceRule> groups, IReadOnlyList<NewsColumn> columns)
{
    private readonly FrozenDictionary<long, BoardItem> _byId = items.ToFrozenDictionary(i => i.Id);

    public IReadOnlyList<BoardItem> Items => items;

    public IReadOnlyDictionary<long, AudienceRule> Groups => groups;

    /// <summary>All columns in their order, retired ones included.</summary>
    public IReadOnlyList<NewsColumn> Columns => columns;

    public BoardItem? Find(long id) => _byId.GetValueOrDefault(id);

    public bool Addresses(BoardItem item, ReaderFacts reader) => item.Audience.Matches(reader, groups);

    /// <summary>What this reader may see, the newest first.</summary>
    public IEnumerable<BoardItem> For(ReaderFacts reader) => items.Where(i => Addresses(i, reader));
}
