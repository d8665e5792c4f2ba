namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What became of a line.</summary>
public enum DiffKind
{
    Same = 1,
    Changed = 2,
    Added = 3,
    Removed = 4,
}
