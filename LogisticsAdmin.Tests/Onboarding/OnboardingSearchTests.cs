using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Seasons, rounds of leaving and room changes in the search box.</summary>
public sealed class OnboardingSearchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task The_office_finds_seasons_and_rounds_by_name_and_room_changes_by_number_and_people(string who, bool finds)
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var season = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var added = new OnboardingSeason(
                new LocalName("秋季迎新", "Autumn intake"), Intake.Grade, new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 27));
            db.OnboardingSeasons.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }, Ct));
        var round = await host.RoundAsync();
        var change = await RoomChangeTests.AskForBedAsync(host, "a1", dormitory.Bed(2, 0));
        var swap = await RoomChangeTests.AskToSwapAsync(host, "b1", "20230002");
        var desk = await host.AsAsync(who);
        var actor = desk.Get<CurrentUser>().Actor;
        var providers = desk.Get<IEnumerable<ISearchProvider>>().Where(p => p is SeasonSearch or LeavingSearch or RoomChangeSearch).ToList();
        Assert.Equal(3, providers.Count);
        Assert.All(providers, p => Assert.Equal(finds, p.IsFor(actor)));

        foreach (var (typed, addresses) in new (string, string[])[]
        {
            ("秋季", [$"onboarding/seasons/{season}"]), ("autumn", [$"onboarding/seasons/{season}"]), (" 毕业生 ", [$"onboarding/leaving/{round}"]),
            ("leaving of", [$"onboarding/leaving/{round}"]), ("住户a1", [$"onboarding/room-changes?q={change}"]),
            ("20230001", [$"onboarding/room-changes?q={change}"]), ("住户a2", [$"onboarding/room-changes?q={swap}"]),
            (change.ToLowerInvariant(), [$"onboarding/room-changes?q={change}"]),
            ("TD20261122", [$"onboarding/room-changes?q={swap}", $"onboarding/room-changes?q={change}"]),
            ("%%", []), ("__", []), ("秋", []), (" ", []), ("没有", []),
        })
        {
            List<SearchHit> hits = [];
            foreach (var provider in providers) hits.AddRange(await provider.SearchAsync(typed, 5, Ct));
            Assert.Equal(finds ? addresses : [], hits.Select(h => h.Address));
        }
    }
}
