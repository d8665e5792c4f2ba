namespace LogisticsAdmin.Features.News.Items;

/// <summary>Why a revision was kept.</summary>
public enum RevisionReason
{
    Created = 1,
    Autosaved = 2,
    Saved = 3,
    Restored = 4,
    Corrected = 5,
}
