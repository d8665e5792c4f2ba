namespace LogisticsAdmin.Features.Replies;

/// <summary>Words of canned replies.</summary>
public sealed class RepliesText;
