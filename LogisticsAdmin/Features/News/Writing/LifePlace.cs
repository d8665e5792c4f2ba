namespace LogisticsAdmin.Features.News.Writing;

/// <summary>Where a step of the life stands: behind, now or ahead.</summary>
internal enum LifePlace
{
    Past = 1,
    Now = 2,
    Ahead = 3,
}
