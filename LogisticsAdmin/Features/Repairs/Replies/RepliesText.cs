namespace LogisticsAdmin.Features.Repairs.Replies;

/// <summary>Words of canned replies.</summary>
public sealed class RepliesText;
