using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Fees.Sections;

internal static class FeeSectionsSetup
{
    public static IServiceCollection AddFeeSections(this IServiceCollection services) => services
        .AddScoped<IPersonSection, BillsOfPerson>()
        .AddScoped<IRoomSection, BillsOfRoom>()
        .AddScoped<ISearchProvider, BillSearch>()
        .AddScoped<ICheckOutStep, DebtStep>()
        .AddScoped<IComplaintSubject, BillComplaints>();
}
