namespace LogisticsAdmin.Features.News.Proof;

/// <summary>Words of the page that shows who has read an item.</summary>
public sealed class ProofText;
