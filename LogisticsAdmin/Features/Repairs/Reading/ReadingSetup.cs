using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Repairs.Reading;

internal static class ReadingSetup
{
    public static IServiceCollection AddReading(this IServiceCollection services)
    {
        services.AddScoped<TicketQueries>();
        services.AddScoped<ChoiceQueries>();
        services.AddSingleton<SharedChoices>();
        services.AddScoped<PhoneWords>();
        services.AddScoped<OutageWarnings>();
        services.AddScoped<IPersonSection, ReportedTickets>();
        services.AddScoped<IPersonSection, WorkedTickets>();
        services.AddScoped<IRoomSection, RoomTickets>();
        services.AddScoped<IRoomAccess, RoomJobs>();
        services.AddSingleton<IRoomBadges, OpenTicketsOfRooms>();
        services.AddScoped<IComplaintSubject, TicketComplaints>();
        return services.AddScoped<ISearchProvider, TicketSearch>().AddScoped<ISearchProvider, CallerSearch>();
    }

    /// <summary>The rooms of a building, for the choice on the report form.</summary>
    public static void MapReading(this IEndpointRouteBuilder app) =>
        app.MapGet("/my/rooms/{building:long}", async (long building, ChoiceQueries queries, CancellationToken ct) =>
            (await queries.RoomsAsync(building, ct)).Select(r => new RoomOption(r.Id, r.Name.ToString(), r.Floor))).RequireAuthorization();

    internal sealed record RoomOption(long Id, string Name, int Floor);
}
