using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

internal static class SeasonsSetup
{
    public static IServiceCollection AddSeasons(this IServiceCollection services)
    {
        services.AddScoped<SeasonQueries>().AddScoped<SeasonService>().AddScoped<SeasonsUndo>().AddScoped<SeasonRunner>();
        services.AddScoped<IBedClaim, FreshmanBedClaim>().AddScoped<ISearchProvider, SeasonSearch>();
        services.AddSingleton<IAuditWords, SeasonsAuditWords>();
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.PeopleAndPlaces, 30, "onboarding/seasons", LocalName.Of<SeasonsText>("Seasons.Title"), "steps", Policies.Office));
        return services.AddHostedService<SeasonJob>().AddHostedService<HoldJob>();
    }

    /// <summary>Seasons, groups and students as files.</summary>
    public static void MapSeasons(this IEndpointRouteBuilder app)
    {
        var lists = app.MapGroup("").RequireAuthorization(Policies.Office);
        lists.MapExport("onboarding-seasons").MapGet("",
            (string? q, string? state, string? order, SeasonQueries seasons, IStringLocalizer<SeasonsText> words) =>
                new ExportFile<SeasonRow>(
                    words["Seasons.Title"], SeasonExport.Seasons(words), ct => seasons.AllAsync(SeasonFilter.Parse(q, state, order), ct)));
        lists.MapExport("onboarding-groups").MapGet("", (string? season, SeasonQueries seasons, IStringLocalizer<SeasonsText> words) =>
            new ExportFile<SeasonGroupRow>(words["Groups"], SeasonExport.Groups(words), ct => seasons.GroupsAsync(TypedId.Parse(season) ?? 0, ct)));
        lists.MapExport("onboarding-students").MapGet("", (string? season, SeasonQueries seasons, IStringLocalizer<SeasonsText> words) =>
            new ExportFile<SeasonStudentRow>(words["Students"], SeasonExport.Students(words), ct => seasons.StudentsAsync(TypedId.Parse(season) ?? 0, ct)));
    }
}
