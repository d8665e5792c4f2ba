using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Inbox;

public static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddScoped<InboxService>()
        .AddScoped<IPersonStory, NoticesTold>();
}
