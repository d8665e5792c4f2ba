using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Inbox;

public static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<NotificationKinds>()
        .AddScoped<InboxService>()
        .AddSingleton<ITopBarItem, InboxBell>()
        .AddSingleton<IPortalSignal, InboxSignal>()
        .AddScoped<IPersonSection, ReceivedMessages>();
}
