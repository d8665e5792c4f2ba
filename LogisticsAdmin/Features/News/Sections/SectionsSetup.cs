using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.News.Sections;

internal static class SectionsSetup
{
    public static IServiceCollection AddNewsSections(this IServiceCollection services) => services
        .AddScoped<IPersonSection, NewsOfPerson>()
        .AddScoped<IRoomSection, OutagesOfRoom>()
        .AddScoped<ISearchProvider, NewsSearch>()
        .AddScoped<IComplaintSubject, NoticeComplaints>();
}
