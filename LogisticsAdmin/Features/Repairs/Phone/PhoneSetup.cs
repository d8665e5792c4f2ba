using System.Globalization;
using LogisticsAdmin.Features.Repairs.Phone.Parts;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Phone;

internal static class PhoneSetup
{
    public static IServiceCollection AddPhone(this IServiceCollection services)
    {
        services.AddScoped<JobQueries>().AddScoped<HomeTickets>();
        Add("jobs", LocalName.Of<PhoneText>("PortalTab.Jobs"), "jobs", actor => actor.Is(Role.Technician) ? 10 : null);
        Add("my/repairs", LocalName.Of<PhoneText>("PortalTab.Repairs"), "list", _ => 30);
        // Technicians report rarely, so the tab comes later for them.
        Add("my/repairs/new", LocalName.Of<PhoneText>("PortalTab.Report"), "report", actor => actor.Is(Role.Technician) ? 40 : 20);
        services.AddSingleton<IPortalShortcut>(
            new PortalShortcut(10, "my/repairs/new", LocalName.Of<PhoneText>("My.Report"), "report") { Only = _ => true });
        return services.AddSingleton<IPortalCard>(new PortalCard(2, typeof(RepairsNeedMe))).AddSingleton<IPortalCard>(new PortalCard(80, typeof(OpenRepairs)));

        void Add(string address, LocalName words, string icon, Func<Actor, int?> order) =>
            services.AddSingleton<IPortalTab>(new PortalTab(address, words, icon, order));
    }

    /// <summary>The limit that an extension would give, for the form that requests it.</summary>
    public static void MapPhone(this IEndpointRouteBuilder app) =>
        app.MapGet("/jobs/{number}/extension", PreviewAsync).RequireAuthorization(Policies.Technicians);

    private static async Task<IResult> PreviewAsync(string number, string? hours, TicketQueries tickets, PhoneWords words, CancellationToken ct)
    {
        if (!decimal.TryParse(hours, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var asked)) return Results.NoContent();
        try
        {
            return await tickets.ExtensionAsync(number, asked, ct) is { } preview
                ? Results.Text(words.Extension(preview)) : Results.NoContent();
        }
        catch (Refusal)
        {
            return Results.NotFound();
        }
    }
}
