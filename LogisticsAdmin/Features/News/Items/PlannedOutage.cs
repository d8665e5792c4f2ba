namespace LogisticsAdmin.Features.News.Items;

/// <summary>A planned cut-off: what, from when until when. Its buildings stand beside it.</summary>
public sealed record PlannedOutage(OutageKind Kind, DateTimeOffset From, DateTimeOffset Until);
