using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Replies;

public static class RepliesSetup
{
    public static IServiceCollection AddReplies(this IServiceCollection services)
    {
        services.AddScoped<ReplyService>();
        services.AddScoped<IReferenceRows, RepliesReference>();
        services.AddSingleton<IAuditWords>(new AuditWords<RepliesText>(typeof(CannedReply)));
        services.AddSingleton<ISettingsSection>(new SettingsSection(
            60, "repairs/replies", LocalName.Of<RepliesText>("Navigation"), LocalName.Of<RepliesText>("Section.About"), "replies", Policies.Office));
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Settings, 10, "repairs/replies", LocalName.Of<RepliesText>("Navigation"), "replies", Policies.Office));
        return services;
    }

    public static void MapReplies(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("replies").MapGet("",
            (string? q, string? retired, ReplyService replies, IMacroActions actions, IStringLocalizer<RepliesText> words) => new ExportFile<ReplyRow>(
                words["Title"], ReplyExport.Columns(words, actions), ct => replies.ListAsync(new ReplyFilter { Text = q, Retired = retired == "true" }, ct)));
}
