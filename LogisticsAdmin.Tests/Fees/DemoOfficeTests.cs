using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Demo;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What the demo shows of debts, cut-offs, moving out and the reconciliation.</summary>
public sealed class DemoOfficeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_has_debtors_with_reminders_cut_offs_settled_statements_and_an_open_difference()
    {
        await using var host = await TestHost.OpenAsync();
        var start = host.AsSystem();
        Assert.True(await start.Get<DemoFees>().LoadAsync(Ct));
        var audited = await AuditedAsync(host);
        await start.Get<DemoOffice>().LoadAsync(Ct);
        Assert.False(await start.Get<DemoFees>().LoadAsync(Ct));

        var desk = await host.AsAsync(TestUsers.Manager);
        Assert.Equal(2, (await desk.Get<ArrearsSettingService>().KindsAsync(Ct)).Count(k => k.Terms is not null));
        var arrears = await desk.Get<ArrearsService>().ListAsync(new ArrearsFilter { Descending = true }, Ct);
        Assert.InRange(arrears.Total, 3, 200);
        Assert.InRange(arrears.Items.Count(r => r.Reminders > 0), 3, 10);
        var cutOffs = await desk.Get<CutOffService>().AllAsync(new CutOffFilter { WithEnded = true }, Ct);
        Assert.Equal([CutOffState.Announced, CutOffState.Assigned, CutOffState.ToRestore], cutOffs.Select(c => c.State).Order());
        Assert.Equal(2, await host.InDatabaseAsync(db => db.Set<MoveOutStatement>().CountAsync(Ct)));
        var day = Assert.Single((await desk.Get<ReconciliationQueries>().DaysAsync(new DayFilter(), Ct)).Items);
        Assert.Equal(1, day.Open);
        Assert.True(Assert.Single((await desk.Get<ReconciliationQueries>().LinesAsync(day.Id, LineFilter.Parse("Open", null), Ct)).Items).CanCredit);
        Assert.Equal(audited, await AuditedAsync(host));

        // Neither the job nor the seals of the next days find anything wrong with it.
        await host.FollowUpAsync();
        Assert.Equal(cutOffs.Select(c => c.State), (await desk.Get<CutOffService>().AllAsync(new CutOffFilter { WithEnded = true }, Ct)).Select(c => c.State));
        var today = start.Get<OfficeTime>().Today;
        await start.Get<LedgerSeals>().SealAsync(today.AddDays(-1), Ct);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.AsSystem().Get<LedgerSeals>().SealAsync(today, Ct);
        await host.DemandSoundAsync();
    }

    private static Task<int> AuditedAsync(TestHost host) => host.InDatabaseAsync(db => db.Set<AuditEntry>().CountAsync(Ct));
}
