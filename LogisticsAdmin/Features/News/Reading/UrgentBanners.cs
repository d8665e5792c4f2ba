using LogisticsAdmin.Features.News.Reading.Parts;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>Urgent notices, above every page until they are confirmed.</summary>
internal sealed class UrgentBanners : IPageBanner
{
    public int Order => 10;
    public Type? Office => typeof(UrgentBanner);
    public Type? Phone => typeof(UrgentPhoneBanner);
}
