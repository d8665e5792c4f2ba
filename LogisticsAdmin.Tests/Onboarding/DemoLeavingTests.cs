using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.Demo;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The demo's round of leaving and its room changes.</summary>
public sealed class DemoLeavingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_has_an_open_round_at_every_step_and_requests_in_three_states_and_is_loaded_once()
    {
        await using var host = await TestHost.OpenAsync();
        var before = await host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct));
        await host.AsSystem().Get<DemoOnboarding>().LoadAsync(Ct);
        await host.AsSystem().Get<DemoLeaving>().LoadAsync(Ct);
        await host.AsSystem().Get<DemoLeaving>().LoadAsync(Ct);

        var queries = (await host.AsAsync(TestUsers.Manager)).Get<LeavingQueries>();
        var round = Assert.Single(await queries.RoundsAsync(Ct));
        Assert.Equal((true, 18, 3), (round.IsOpen, round.People, round.Left));
        var (counts, _) = await queries.CountsAsync(round.Id, Ct);
        Assert.All(Enum.GetValues<LeaverState>(), state => Assert.True(counts.Of(state) > 0, state.ToString()));
        var rows = await queries.AllAsync(round.Id, new LeaverFilter(), Ct);
        Assert.Contains(rows, r => r.Keys.Count > 0);
        Assert.Equal(18, rows.Select(r => r.Name).Distinct().Count());
        Assert.Equal(
            [RoomChangeState.Asked, RoomChangeState.Agreed, RoomChangeState.Refused],
            await host.InDatabaseAsync(db => db.Set<RoomChange>().OrderBy(c => c.Id).Select(c => c.State).ToListAsync(Ct)));

        Assert.Equal(before, await host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct)));
        Assert.False(await host.InDatabaseAsync(
            db => db.Audit.AnyAsync(a => a.Entity == nameof(Leaver) || a.Entity == nameof(LeavingRound), Ct)));
        await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
            Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
    }
}
