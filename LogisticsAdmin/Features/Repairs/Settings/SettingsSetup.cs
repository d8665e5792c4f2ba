using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

internal static class SettingsSetup
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddScoped<SettingsWriter>()
        .AddScoped<CrewsUndo>()
        .AddScoped<CategoriesUndo>()
        .AddScoped<SlotsUndo>()
        .AddScoped<CrewSettings>()
        .AddScoped<CategorySettings>()
        .AddScoped<SlotSettings>()
        .AddSingleton<ISettingsSection>(Section(20, "settings/crews", "Crews", "crews"))
        .AddSingleton<ISettingsSection>(Section(30, "settings/categories", "Categories", "categories"))
        .AddSingleton<ISettingsSection>(Section(40, "settings/visit-slots", "Slots", "slots"));

    /// <summary>The lists as files, filtered by the same query string as their pages.</summary>
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("settings-crews").MapGet("", (string? q, string? state, CrewSettings crews, IStringLocalizer<SettingsText> words) =>
            new ExportFile<CrewRow>(words["Crews"], SettingsExport.Crews(words), ct => crews.ListAsync(SettingsFilter.Parse(q, state), ct)));
        office.MapExport("settings-categories").MapGet("",
            async (string? q, string? state, CategorySettings categories, IStringLocalizer<SettingsText> words) =>
            {
                var rows = await categories.ListAsync(SettingsFilter.Parse(q, state));
                var groups = rows.Where(r => r.IsGroup).ToDictionary(r => r.Id, r => r.Name.ToString());
                return new ExportFile<CategoryRow>(words["Categories"], SettingsExport.Categories(words, groups), _ => Task.FromResult(rows));
            });
        office.MapExport("settings-visit-slots").MapGet("",
            (string? q, string? state, SlotSettings slots, IStringLocalizer<SettingsText> words, IStringLocalizer<TicketsText> ticketWords) =>
                new ExportFile<VisitSlotRow>(words["Slots"], SettingsExport.Slots(words, ticketWords),
                    ct => slots.ListAsync(SettingsFilter.Parse(q, state), ct)));
    }

    private static SettingsSection Section(int order, string address, string key, string icon) =>
        new(order, address, LocalName.Of<SettingsText>(key), LocalName.Of<SettingsText>($"About.{key}"), icon, Policies.Office);
}
