using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Reminders and announcements once a day, in the office's morning; messages about bills, cut-offs whose debt is paid and credits for leaks as they
/// arise.
/// </summary>
internal sealed class ArrearsJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ArrearsJob> log) : PeriodicJob(Interval, scopes, clock, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Hours of the office's day: an app that was off in the morning reminds later, and never at night.</summary>
    private const int Morning = 9, Evening = 20;

    // Only saves looking: what was sent is known by what is stored.
    private DateOnly? _reminded;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var office = services.GetRequiredService<OfficeTime>();
        var runner = services.GetRequiredService<ArrearsRunner>();
        await services.GetRequiredService<BillNotices>().RunAsync(ct);
        await services.GetRequiredService<LeakCredits>().RunAsync(ct);
        await services.GetRequiredService<CutOffReleases>().RunAsync(ct);
        await runner.FollowUpAsync(ct);
        if (!IsTimeToRemind(office.Local(office.Now)) || _reminded == office.Today) return;
        await runner.RemindAsync(ct);
        _reminded = office.Today;
    }

    public static bool IsTimeToRemind(DateTimeOffset local) => local.Hour is >= Morning and < Evening;
}
