using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Repairs.Settings;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Which technician suits a ticket best, and why.</summary>
public sealed class RankingTests
{
    private const long Plumbers = 1, Carpenters = 2;
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Candidate Who(long id, long crew = Plumbers) =>
        new(id, $"师傅{id}", crew, new LocalName(crew == Plumbers ? "水电组" : "木工组", ""));

    [Fact]
    public void The_own_crew_comes_first_however_much_it_has_in_hand() =>
        Ranks([2, 1], Who(1, Carpenters), Who(2) with { Open = 12, Points = 12 });

    [Fact]
    public void In_the_crew_the_one_with_least_in_hand_comes_first() =>
        Ranks([3, 2, 1], Who(1) with { Open = 4, Points = 4 }, Who(2) with { Open = 2, Points = 2 }, Who(3));

    [Fact]
    public void Who_is_in_the_building_today_goes_before_who_has_a_little_less_to_do() =>
        Ranks([1, 2], Who(1) with { Open = 3, Points = 3, InBuildingToday = 2 }, Who(2) with { Open = 1, Points = 1 });

    [Fact]
    public void Many_tickets_in_the_building_do_not_outweigh_a_full_hand() =>
        Ranks([2, 1], Who(1) with { Open = 10, Points = 10, InBuildingToday = 9 }, Who(2));

    [Fact]
    public void The_absent_come_last_even_of_the_own_crew() =>
        Ranks([2, 1], Who(1) with { AbsentUntil = Today, AbsentFor = AbsenceReason.Sick, InBuildingToday = 3 },
            Who(2, Carpenters) with { Open = 30, Points = 30 });

    [Fact]
    public void One_large_job_weighs_more_than_several_small_ones()
    {
        Ranks([2, 1], Who(1) with { Open = 1, Points = 8 }, Who(2) with { Open = 3, Points = 3 });
        var ranked = TechnicianRanking.Rank([Who(1) with { Open = 1, Points = 8 }], Plumbers);
        Assert.Equal([1], ranked[0].Reasons.Single(r => r.Code == RankCode.Load).Args);
    }

    [Fact]
    public void A_full_crew_comes_behind_others_with_room_and_says_how_full_it_is()
    {
        var full = Who(1) with { CrewOpen = 12, CrewCapacity = 12 };
        Ranks([2, 1], full with { InBuildingToday = 3 }, Who(2, Carpenters) with { Open = 30, Points = 60 });
        Ranks([1, 3], Who(3) with { AbsentUntil = Today, AbsentFor = AbsenceReason.Sick }, full);
        Ranks([1, 2], Who(1) with { CrewOpen = 11, CrewCapacity = 12 }, Who(2, Carpenters));
        Assert.Equal([12, 12], TechnicianRanking.Rank([full], Plumbers)[0].Reasons.Single(r => r.Code == RankCode.CrewFull).Args);
    }

    [Fact]
    public async Task The_query_knows_points_and_how_full_a_crew_is()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (crews, categories) = (admin.Get<CrewSettings>(), admin.Get<CategorySettings>());
        var category = (await categories.ListAsync(new SettingsFilter { Text = "water-tap" }, Ct)).Single(c => !c.IsGroup);
        var heavier = SettingsSample.FormOf(category);
        heavier.Points = 4;
        await categories.SaveAsync(category.Id, heavier, Ct);
        var crew = (await crews.ListAsync(new SettingsFilter { Text = "water-power" }, Ct)).Single();
        var limited = SettingsSample.FormOf(crew);
        limited.Capacity = 2;
        await crews.SaveAsync(crew.Id, limited, Ct);
        await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Assigned);
        var ticket = await host.TicketAsync();
        var ranking = (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>();

        var ranked = await ranking.RankAsync(ticket.Id, ct: Ct);

        var busy = ranked.Single(r => r.Who.Name == "孙强");
        Assert.Equal((2, 8, 2, 2, true), (busy.Who.Open, busy.Who.Points, busy.Who.CrewOpen, busy.Who.CrewCapacity!.Value, busy.Who.IsCrewFull));
        Assert.NotEqual(crew.Id, ranked[0].Who.CrewId);
        // Assigning stays possible.
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
    }

    [Fact]
    public void Who_stands_in_for_somebody_goes_before_an_equal() =>
        Ranks([2, 1], Who(1), Who(2) with { StandsInFor = "师傅9" });

    [Fact]
    public void Who_handed_it_back_goes_behind_their_crew() =>
        Ranks([2, 1], Who(1) with { Declined = true }, Who(2) with { Open = 6, Points = 6 });

    [Fact]
    public void Equals_always_come_in_the_same_order() =>
        Ranks([1, 2, 3], Who(3), Who(1), Who(2));

    [Fact]
    public void Every_place_says_why()
    {
        var ranked = TechnicianRanking.Rank(
            [
                Who(1) with { Open = 3, Points = 3, InBuildingToday = 2 }, Who(2, Carpenters),
                Who(3) with { AbsentUntil = Today, AbsentFor = AbsenceReason.Leave, StandIn = "师傅1", StandInId = 1 },
            ],
            Plumbers);

        Assert.Equal([RankCode.OwnCrew, RankCode.InBuilding, RankCode.Load], ranked[0].Reasons.Select(r => r.Code));
        Assert.Equal([2, 3], ranked[0].Reasons.SelectMany(r => r.Args));
        Assert.Equal([RankCode.OtherCrew, RankCode.Idle], ranked[1].Reasons.Select(r => r.Code));
        Assert.Equal([AbsenceReason.Leave, Today, "师傅1"], ranked[2].Reasons[0].Args);
    }

    [Fact]
    public async Task The_query_knows_load_building_absence_and_stand_in()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Completed);
        await AbsenceTests.EnterAsync(host, "100202", Today, Today.AddDays(3), TestUsers.Technician);
        await AbsenceTests.EnterAsync(host, "100203", Today.AddDays(1), Today.AddDays(3));
        var ticket = await host.TicketAsync();

        var ranked = await (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>().RankAsync(ticket.Id, ct: Ct);

        Assert.Equal("孙强", ranked[0].Who.Name);
        Assert.Equal((1, 2, "马德福"), (ranked[0].Who.Open, ranked[0].Who.InBuildingToday, ranked[0].Who.StandsInFor));
        Assert.Equal(("马德福", Today.AddDays(3), "孙强"), (ranked[^1].Who.Name, ranked[^1].Who.AbsentUntil!.Value, ranked[^1].Who.StandIn));
        Assert.Single(ranked, r => r.IsAbsent);
        Assert.Equal(14, ranked.Count);
    }

    [Fact]
    public async Task The_same_building_counts_today_only()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Completed);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var ticket = await host.TicketAsync();

        var ranked = await (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>().RankAsync(ticket.Id, ct: Ct);

        Assert.All(ranked, r => Assert.Equal(0, r.Who.InBuildingToday));
    }

    [Fact]
    public async Task Another_crew_chosen_ranks_its_own_people_first()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>();
        var other = (await queries.RankAsync(ticket.Id, ct: Ct))[^1].Who.CrewId;

        Assert.Equal(other, (await queries.RankAsync(ticket.Id, other, Ct))[0].Who.CrewId);
    }

    [Fact]
    public async Task Who_declined_the_ticket_is_told_apart()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        await (await host.AsAsync(TestUsers.Technician)).Repairs.DeclineAsync(ticket.Id, new NoteForm { Note = "没有梯子" }, Ct);

        var ranked = await (await host.AsAsync(TestUsers.Dispatcher)).Get<RankingQueries>().RankAsync(ticket.Id, ct: Ct);

        Assert.Equal("孙强", Assert.Single(ranked, r => r.Who.Declined).Who.Name);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_the_office_compares_technicians(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);

        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(who)).Get<RankingQueries>().RankAsync(ticket.Id, ct: Ct));
    }

    private static void Ranks(long[] order, params Candidate[] candidates) =>
        Assert.Equal(order, TechnicianRanking.Rank(candidates, Plumbers).Select(r => r.Who.PersonId));
}
