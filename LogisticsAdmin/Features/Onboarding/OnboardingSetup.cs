using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Demo;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;

namespace LogisticsAdmin.Features.Onboarding;

/// <summary>Check-in of freshmen, leaving and room changes in sub-slices; each registers its own services and descriptors.</summary>
public static class OnboardingSetup
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddSeasons()
        .AddChoosing()
        .AddEntryDesk()
        .AddLeaving()
        .AddRoomChanges()
        .AddScoped<DemoOnboarding>()
        .AddScoped<DemoLeaving>()
        .AddHostedService<DemoOnboardingStart>();

    public static void MapOnboarding(this IEndpointRouteBuilder app)
    {
        app.MapSeasons();
        app.MapEntryDesk();
        app.MapLeaving();
        app.MapRoomChanges();
    }
}
