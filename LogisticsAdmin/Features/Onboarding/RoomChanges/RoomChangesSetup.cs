using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

internal static class RoomChangesSetup
{
    public static IServiceCollection AddRoomChanges(this IServiceCollection services)
    {
        services.AddScoped<RoomChangeQueries>().AddScoped<RoomChangeService>().AddScoped<ISearchProvider, RoomChangeSearch>();
        foreach (var kind in RoomChangeNotificationKind.All) services.AddSingleton<INotificationKind>(new RoomChangeNotificationKind(kind));
        services.AddSingleton<IPortalCard>(new PortalCard(25, typeof(RoomChangeCard)) { Only = actor => actor.Is(Role.Resident) });
        services.AddSingleton<IPortalCard>(new PortalCard(95, typeof(RoomChangeLink)) { Only = actor => actor.Is(Role.Resident) });
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.PeopleAndPlaces, 28, RoomChangeAddresses.All, LocalName.Of<RoomChangesText>("Title"), "places", Policies.Office));
    }

    /// <summary>The requests as a file, filtered by the same query string as their page.</summary>
    public static void MapRoomChanges(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("room-changes").MapGet("",
        (string? q, string? state, string? sort, RoomChangeQueries changes, IStringLocalizer<RoomChangesText> words) => new ExportFile<RoomChangeRow>(
            words["Title"], RoomChangesExport.Columns(words), ct => changes.AllAsync(RoomChangeFilter.Parse(q, state, sort), ct)));
}
