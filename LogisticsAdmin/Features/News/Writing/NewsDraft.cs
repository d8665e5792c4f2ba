using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>An item after an act: the version that the next save must carry, and where it stands.</summary>
public sealed record NewsDraft(long Id, string Number, long Version, int Revision, NewsState State);
