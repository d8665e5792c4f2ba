using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Outbox.Robots;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox;

public static class OutboxSetup
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddOptions<OutboxOptions>().BindConfiguration("Outbox").ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutboxOptions>, OutboxOptionsValidator>();
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddOptions<RobotOptions>().BindConfiguration("Robots").ValidateOnStart();
        services.AddSingleton<IValidateOptions<RobotOptions>, RobotOptionsValidator>();

        services.AddSingleton<ISaveStep, OutboxSaveStep>();
        services.AddSingleton<OutboxMeter>();
        services.AddSingleton<OutboxRunner>();
        services.AddHostedService<OutboxJob>();
        services.AddScoped<OutboxUndo>();
        services.AddScoped<OutboxService>();
        services.AddScoped<IStorageCheck, OutboxCheck>();
        services.AddSingleton<IAuditWords, OutboxAuditWords>();

        services.AddSingleton<UnsubscribeTokens>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<MailChannel>();
        services.AddSingleton<IOutboxChannel>(all => all.GetRequiredService<MailChannel>());
        services.AddScoped<MailPreferencesService>();

        services.AddSingleton<RobotClient>();
        services.AddSingleton<IOutboxChannel, RobotChannel>();
        services.AddScoped<RobotsUndo>();
        services.AddScoped<RobotsService>();

        services.AddSingleton<IProfileLink>(new ProfileLink(10, "my/mail", LocalName.Of<OutboxText>("MyMail.Title")));
        services.AddSingleton<ISettingsSection>(new SettingsSection(86, "settings/mail", LocalName.Of<OutboxText>("MailSettings.Title"),
            LocalName.Of<OutboxText>("MailSettings.About"), "inbox", Policies.Administrators));
        services.AddSingleton<ISettingsSection>(new SettingsSection(87, "settings/robots", LocalName.Of<OutboxText>("Robots.Title"),
            LocalName.Of<OutboxText>("Robots.About"), "replies", Policies.Administrators));
        return services;
    }

    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        app.MapUnsubscribe();
        var exports = app.MapGroup("").RequireAuthorization(Policies.Administrators);
        exports.MapExport("settings-mail").MapGet("", (string? q, string? reason, string? sort, OutboxService outbox, IStringLocalizer<OutboxText> words) =>
            new ExportFile<OutboxRow>(words["Letters.Title"], OutboxExport.Letters(words), ct => outbox.AllAsync(OutboxFilter.Parse(q, reason, sort), ct)));
        exports.MapExport("settings-robots").MapGet("", (RobotsService robots, IStringLocalizer<OutboxText> words) =>
            new ExportFile<RobotRow>(words["Robots.Title"], OutboxExport.Robots(words), robots.AllAsync));
    }
}
