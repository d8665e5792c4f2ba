namespace LogisticsAdmin.Features.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddScoped<AuditService>();
        services.AddScoped<AuditDisplay>();
        services.AddSingleton<EntityNames>();
        return services;
    }
}
