using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Cut-offs whose technician leaves, and those that a correction of bills pays: both are noticed at once.</summary>
public sealed class CutOffReleaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_technician_had_who_may_not_sign_in_any_more_is_to_be_assigned_again_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        var technician = await host.AsAsync(TestUsers.Technician);
        var watch = host.Services.GetServices<IHostedService>().OfType<ReleaseOnChange>().Single();
        using var changes = host.Services.GetRequiredService<IChangeFeed>()
            .Subscribe(null, c => c is KeyChanged { Topic: ArrearsTopics.CutOffs } key && key.Key == id);
        await watch.StartAsync(Ct);

        await (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>().DisableAsync(technician.PersonId, new DisableForm { Reason = "离职" }, Ct);
        // That it was assigned may be told only now.
        while ((await host.CutOffAsync()).State == CutOffState.Assigned) Assert.NotNull(await changes.NextAsync(Ct));

        var order = await host.CutOffAsync();
        Assert.Equal((CutOffState.Approved, null, null), (order.State, order.TechnicianId, order.AssignedById));
        await watch.StopAsync(Ct);
        Assert.Equal(0, await host.AsSystem().Get<CutOffReleases>().RunAsync(Ct));
    }

    [Fact]
    public async Task A_restore_of_somebody_without_the_role_is_told_to_the_management_once_and_assigned_to_another()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.AssignedCutOffAsync();
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Get<CutOffService>().CutAsync(id, new CutOffDoneForm(), Ct);
        await host.PaidAsync("100");
        Assert.Equal((CutOffState.ToRestore, technician.PersonId), (await host.CutOffAsync()) switch { var o => (o.State, o.TechnicianId) });
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            db.UserRoles.RemoveRange(await db.UserRoles.Where(r => r.UserId == technician.PersonId && r.RoleId == (long)Role.Technician).ToListAsync(token));
            return 0;
        }, Ct));

        var found = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => host.AsSystem().Get<CutOffReleases>().RunAsync(Ct), Ct)));

        Assert.Equal(1, found.Sum());
        Assert.Equal((CutOffState.ToRestore, null), (await host.CutOffAsync()) switch { var o => (o.State, o.TechnicianId) });
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.RestoreUnassigned, TestUsers.Manager));
        await host.FollowUpAsync();
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.RestoreUnassigned, TestUsers.Manager));
    }

    [Fact]
    public async Task A_correction_of_bills_that_gives_the_debt_back_ends_the_cut_off_in_its_own_write()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AssignedCutOffAsync();

        // Ten instead of a hundred yuan.
        await host.RateAsync("electricity", PriceRule.Flat(0.1m), new DateOnly(2020, 1, 2));
        var kind = (await host.FeeKindAsync("electricity")).Id;
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            await BillCorrections.RequestAsync(db, kind, new DateOnly(2026, 8, 1), host.AsSystem().Get<OfficeTime>(), null, token);
            return 0;
        }, Ct));
        var work = host.AsSystem().Get<BillingWork>();
        foreach (var run in await work.UnfinishedAsync(Ct))
        {
            while (await work.AdvanceAsync(run, Ct)) { }
        }

        var order = await host.CutOffAsync();
        Assert.Equal((CutOffState.TakenBack, true), (order.State, order.PaidAt is not null));
        await host.DemandSoundAsync();
    }
}
