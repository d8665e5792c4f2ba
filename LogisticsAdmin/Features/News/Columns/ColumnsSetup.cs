using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Columns;

internal static class ColumnsSetup
{
    public static IServiceCollection AddColumns(this IServiceCollection services) => services
        .AddScoped<NewsSettingsWriter>()
        .AddScoped<ColumnsUndo>()
        .AddScoped<TemplatesUndo>()
        .AddScoped<GroupsUndo>()
        .AddScoped<PublishersUndo>()
        .AddScoped<ColumnSettings>()
        .AddScoped<TemplateSettings>()
        .AddScoped<GroupSettings>()
        .AddScoped<PublisherSettings>()
        .AddSingleton<ISettingsSection>(new SettingsSection(
            75, "settings/news", LocalName.Of<ColumnsText>("Title"), LocalName.Of<ColumnsText>("About"), "audit", Policies.Administrators));

    /// <summary>The lists as files.</summary>
    public static void MapColumns(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("").RequireAuthorization(Policies.Administrators);
        settings.MapExport("news-columns").MapGet("", (ColumnSettings columns, IStringLocalizer<ColumnsText> words, IStringLocalizer<NewsText> newsWords) =>
            new ExportFile<ColumnRow>(words["Columns"], ColumnsExport.Columns(words, newsWords), columns.ListAsync));
        settings.MapExport("news-templates").MapGet("",
            (TemplateSettings templates, IStringLocalizer<ColumnsText> words, IStringLocalizer<NewsText> newsWords) =>
                new ExportFile<TemplateRow>(words["Templates"], ColumnsExport.Templates(words, newsWords), templates.ListAsync));
        settings.MapExport("news-audiences").MapGet("", (GroupSettings groups, IStringLocalizer<ColumnsText> words) =>
            new ExportFile<GroupRow>(words["Groups"], ColumnsExport.Groups(words), groups.ListAsync));
        settings.MapExport("news-publishers").MapGet("", (PublisherSettings publishers, IStringLocalizer<ColumnsText> words) =>
            new ExportFile<PublisherRow>(words["Publishers"], ColumnsExport.Publishers(words), publishers.ListAsync));
    }
}
