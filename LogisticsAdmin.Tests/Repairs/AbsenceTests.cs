using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Who is absent, who is the substitute, and who may enter it.</summary>
public sealed class AbsenceTests
{
    private const string Colleague = "100202", OtherCrew = "100206";
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task The_office_reads_and_changes_absences(string who, bool allowed)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await EnterAsync(host, Colleague, Today, Today.AddDays(2));
        var duty = (await host.AsAsync(who)).Get<DutyService>();
        var form = await FormAsync(host, TestUsers.Technician, Today, Today);

        foreach (var act in new Func<Task>[]
        {
            () => duty.BoardAsync(Ct), () => duty.StaffAsync(Ct), () => duty.AddAsync(form, Ct), () => duty.CancelAsync(id, Ct),
        })
        {
            var refused = await Record.ExceptionAsync(act);
            if (allowed) Assert.Null(refused);
            else Assert.IsType<Forbidden>(refused);
        }
    }

    [Theory]
    [InlineData(-3, -1, true)]
    [InlineData(-3, 0, false)]
    [InlineData(1, 1, false)]
    [InlineData(2, 9, false)]
    [InlineData(-1, 9, false)]
    [InlineData(3, 9, true)]
    public async Task Nobody_is_absent_twice_on_one_day(int from, int to, bool allowed)
    {
        await using var host = await TestHost.OpenAsync();
        await EnterAsync(host, TestUsers.Technician, Today, Today.AddDays(2));

        var refused = await Record.ExceptionAsync(() => EnterAsync(host, TestUsers.Technician, Today.AddDays(from), Today.AddDays(to)));

        if (allowed)
        {
            Assert.Null(refused);
        }
        else
        {
            Assert.Equal(
                (nameof(AbsenceForm.From), "AlreadyAbsent"),
                Assert.Single(Assert.IsType<Rejected>(refused).Problems) switch { var p => (p.Field, p.Code) });
        }
        await EnterAsync(host, Colleague, Today, Today);
    }

    [Fact]
    public async Task Two_who_enter_the_same_days_at_once_leave_one_absence()
    {
        await using var host = await TestHost.OpenAsync();

        var refused = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            Record.ExceptionAsync(() => EnterAsync(host, TestUsers.Technician, Today, Today.AddDays(5))).AsTask()));

        Assert.Single(refused, r => r is Rejected);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Absences.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_cancelled_absence_frees_its_days_and_stays_recorded()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var id = await EnterAsync(host, TestUsers.Technician, Today.AddDays(1), Today.AddDays(2));

        await office.Get<DutyService>().CancelAsync(id, Ct);
        await EnterAsync(host, TestUsers.Technician, Today.AddDays(1), Today.AddDays(2));

        var cancelled = await host.InDatabaseAsync(db => db.Absences.SingleAsync(a => a.Id == id, Ct));
        Assert.Equal((office.PersonId, host.Clock.GetUtcNow()), (cancelled.CancelledById, cancelled.CancelledAt));
        Assert.Equal("AbsenceOver", (await Assert.ThrowsAsync<Rejected>(() => office.Get<DutyService>().CancelAsync(id, Ct))).Code);
    }

    [Fact]
    public async Task An_absence_in_progress_ends_yesterday_and_keeps_the_days_before()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await EnterAsync(host, TestUsers.Technician, Today.AddDays(-3), Today.AddDays(4));
        var duty = (await host.AsAsync(TestUsers.Manager)).Get<DutyService>();

        await duty.CancelAsync(id, Ct);

        var ended = await host.InDatabaseAsync(db => db.Absences.SingleAsync(a => a.Id == id, Ct));
        Assert.Equal((Today.AddDays(-3), Today.AddDays(-1), null), (ended.From, ended.To, ended.CancelledAt));
        Assert.Empty((await duty.BoardAsync(Ct)).Absences);
    }

    [Theory]
    [InlineData(TestUsers.Technician, TestUsers.Technician, "StandsInForThemselves")]
    [InlineData(TestUsers.Technician, TestUsers.Dispatcher, "UnsuitedStandIn")]
    [InlineData(TestUsers.Dispatcher, TestUsers.Technician, "UnsuitedStandIn")]
    [InlineData(TestUsers.Technician, TestUsers.Resident, "UnsuitedStandIn")]
    [InlineData(TestUsers.Technician, Colleague, "StandInAbsent")]
    [InlineData(TestUsers.Technician, OtherCrew, null)]
    [InlineData(TestUsers.Dispatcher, TestUsers.Manager, null)]
    public async Task A_stand_in_is_present_and_of_the_same_trade(string absent, string standIn, string? refusal)
    {
        await using var host = await TestHost.OpenAsync();
        await EnterAsync(host, Colleague, Today.AddDays(2), Today.AddDays(8));

        var refused = await Record.ExceptionAsync(() => EnterAsync(host, absent, Today, Today.AddDays(2), standIn));

        if (refusal is null)
        {
            Assert.Null(refused);
        }
        else
        {
            Assert.Equal(
                (nameof(AbsenceForm.StandInId), refusal),
                Assert.Single(Assert.IsType<Rejected>(refused).Problems) switch { var p => (p.Field, p.Code) });
        }
    }

    [Fact]
    public async Task Days_run_forward_for_a_year_at_most_and_only_staff_is_absent()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(nameof(AbsenceForm.To), Assert.Single((await RefusedAsync(TestUsers.Technician, Today, Today.AddDays(-1))).Problems).Field);
        Assert.Equal(nameof(AbsenceForm.To), Assert.Single((await RefusedAsync(TestUsers.Technician, Today, Today.AddDays(CrewLimits.Days))).Problems).Field);
        Assert.Equal("NotStaff", (await RefusedAsync(TestUsers.Resident, Today, Today)).Code);
        await EnterAsync(host, TestUsers.Technician, Today, Today.AddDays(CrewLimits.Days - 1));

        Task<Rejected> RefusedAsync(string who, DateOnly from, DateOnly to) => Assert.ThrowsAsync<Rejected>(() => EnterAsync(host, who, from, to));
    }

    [Fact]
    public async Task A_technician_hears_of_their_own_absence_only()
    {
        await using var host = await TestHost.OpenAsync();
        await EnterAsync(host, TestUsers.Technician, Today.AddDays(3), Today.AddDays(5), Colleague);
        await EnterAsync(host, TestUsers.Technician, Today.AddDays(30), Today.AddDays(31));

        var mine = await (await host.AsAsync(TestUsers.Technician)).Get<DutyService>().MineAsync(Ct);

        Assert.Equal((Today.AddDays(3), Today.AddDays(5), "马德福"), (mine!.From, mine.To, mine.StandIn));
        Assert.Null(await (await host.AsAsync(Colleague)).Get<DutyService>().MineAsync(Ct));
    }

    [Fact]
    public async Task The_board_shows_the_crews_their_load_and_who_is_away()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Completed);
        await EnterAsync(host, Colleague, Today, Today.AddDays(3), TestUsers.Technician);

        var board = await (await host.AsAsync(TestUsers.Dispatcher)).Get<DutyService>().BoardAsync(Ct);

        var crew = Assert.Single(board.Crews, c => c.Name.Zh == "水电组");
        var technician = Assert.Single(crew.Workers, w => w.Name == "孙强");
        Assert.Equal((1, 1, null), (technician.Open, technician.DoneToday, technician.Absence));
        var away = Assert.Single(crew.Workers, w => w.Name == "马德福").Absence;
        Assert.Equal((Today.AddDays(3), "孙强"), (away!.To, away.StandIn));
        Assert.Equal(crew.Workers.Count - 1, crew.Present);
        Assert.Contains(board.Office, w => w.Name == "王静");
    }

    internal static async Task<long> EnterAsync(TestHost host, string who, DateOnly from, DateOnly to, string? standIn = null) =>
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<DutyService>().AddAsync(await FormAsync(host, who, from, to, standIn), Ct);

    private static Task<AbsenceForm> FormAsync(TestHost host, string who, DateOnly from, DateOnly to, string? standIn = null) =>
        host.InDatabaseAsync(async db => new AbsenceForm
        {
            PersonId = (await db.Users.SingleAsync(p => p.UserName == who, Ct)).Id,
            From = from,
            To = to,
            Reason = AbsenceReason.Leave,
            StandInId = standIn is null ? null : (await db.Users.SingleAsync(p => p.UserName == standIn, Ct)).Id,
        });
}
