namespace LogisticsAdmin.Shared.Ui;

/// <summary>Whose drafts this browser keeps: the person who is signed in, or nobody.</summary>
public interface IDraftOwner
{
    long? DraftOwnerId { get; }
}
