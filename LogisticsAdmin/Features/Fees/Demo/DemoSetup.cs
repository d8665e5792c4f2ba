namespace LogisticsAdmin.Features.Fees.Demo;

internal static class DemoSetup
{
    public static IServiceCollection AddDemoFees(this IServiceCollection services) =>
        services.AddScoped<DemoFees>().AddScoped<DemoOffice>().AddHostedService<DemoFeesStart>();
}
