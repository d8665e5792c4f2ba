using LogisticsAdmin.Features.Fees.Billing;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>bill-until-killed DIR</c>: bills the electricity of one month after the other and prints each write.</summary>
internal static class KillableBilling
{
    public static readonly IReadOnlyList<string> Periods = [.. Enumerable.Range(1, 10).Select(month => $"2026-{month:00}")];

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        await FinishAsync(host, Console.WriteLine);
        return 0;
    }

    /// <summary>Goes on with a run that was interrupted, then bills the months that have no run yet.</summary>
    public static async Task FinishAsync(TestHost host, Action<string> wrote)
    {
        var billing = (await host.AsAsync(TestUsers.Manager)).Get<BillingService>();
        var work = host.AsSystem().Get<BillingWork>();
        var kind = (await host.FeeKindAsync("electricity")).Id;
        foreach (var run in await work.UnfinishedAsync(CancellationToken.None)) await BillAsync(run);
        var known = (await billing.RunsAsync()).Select(r => r.Period).ToHashSet();
        foreach (var period in Periods.Where(p => !known.Contains(p)))
            await BillAsync(await billing.StartAsync(new RunForm { KindId = kind, Period = period }));

        async Task BillAsync(long run)
        {
            var goesOn = true;
            while (goesOn)
            {
                goesOn = await work.AdvanceAsync(run, CancellationToken.None);
                wrote($"{run};");
            }
        }
    }
}
