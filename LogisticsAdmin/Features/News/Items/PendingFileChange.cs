namespace LogisticsAdmin.Features.News.Items;

/// <summary>What the next correction of a published item does with an attachment. Stored.</summary>
public enum PendingFileChange
{
    Add = 1,
    Remove = 2,
}
