using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

internal static class ChoosingSetup
{
    public static IServiceCollection AddChoosing(this IServiceCollection services)
    {
        services.AddScoped<ChoosingService>().AddScoped<ChoosingQueries>().AddScoped<IAskedPayments, FreshmanPayments>();
        services.AddSingleton<BedBoard>().AddSingleton<BedSignal>().AddSingleton<IPortalSignal>(p => p.GetRequiredService<BedSignal>());
        return services.AddSingleton<IPortalCard>(new PortalCard(20, typeof(OnboardingCard)) { Only = actor => actor.Is(Role.Resident) });
    }
}
