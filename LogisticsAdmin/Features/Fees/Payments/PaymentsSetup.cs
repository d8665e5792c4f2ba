using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Payments;

internal static class PaymentsSetup
{
    public static IServiceCollection AddPayments(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<PaymentsOptions>().BindConfiguration("Payments").ValidateOnStart();
        services.AddSingleton<IValidateOptions<PaymentsOptions>, PaymentsOptionsValidator>();
        services.AddSingleton(all => new PaymentGateways(GatewaysOf(all)));
        // In Production its classes are not even there.
        services.AddSingleton<AlipayGateway>();
        if (!environment.IsProduction())
        {
            services.AddSingleton<SandboxGateway>();
            services.AddScoped<SandboxBank>();
        }
        services.AddScoped<PaymentWriter>();
        services.AddScoped<PaymentService>();
        services.AddScoped<MoneyService>();
        services.AddScoped<CashRefunds>();
        services.AddScoped<PaymentCredits>();
        services.AddScoped<ReceiptDocument>();
        services.AddSingleton<NotificationService>();
        services.AddSingleton<NoticeLimits>();
        services.AddSingleton<PaymentRunner>();
        services.AddHostedService<PaymentJob>();
        services.AddScoped<PersonalAccounts>();
        services.AddScoped<IPersonalAccounts>(all => all.GetRequiredService<PersonalAccounts>());
        services.AddSingleton<IAuditWords>(new AuditWords<PaymentsText>(typeof(MoneyProposal)));
        foreach (var kind in new[]
            { PaymentNotificationKind.Received, PaymentNotificationKind.PaidTwice, PaymentNotificationKind.Refunded, PaymentNotificationKind.Credited })
        {
            services.AddSingleton<INotificationKind>(new PaymentNotificationKind(kind));
        }
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 40, "fees/accounts", LocalName.Of<PaymentsText>("Navigation"), "accounts", Policies.Office));
    }

    /// <summary>
    /// Whether the sandbox credits accounts: in Development, and where Payments:Sandbox says that there is no real money. Never in Production.
    /// </summary>
    public static bool HasSandbox(IServiceProvider services)
    {
        var environment = services.GetRequiredService<IHostEnvironment>();
        return environment.IsDevelopment()
            || (!environment.IsProduction() && services.GetRequiredService<IConfiguration>().GetValue<bool>("Payments:Sandbox"));
    }

    /// <summary>Alipay where it is set; the sandbox where there is no real money.</summary>
    private static IEnumerable<IPaymentGateway> GatewaysOf(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<PaymentsOptions>>().Value.Alipay.IsOn) yield return services.GetRequiredService<AlipayGateway>();
        if (HasSandbox(services)) yield return services.GetRequiredService<SandboxGateway>();
    }
}
