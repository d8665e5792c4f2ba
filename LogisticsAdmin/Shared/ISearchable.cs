namespace LogisticsAdmin.Shared;

/// <summary>Marks an entity that the full-text search finds by <see cref="SearchText"/>.</summary>
public interface ISearchable
{
    long Id { get; }
    string SearchText { get; }
}
