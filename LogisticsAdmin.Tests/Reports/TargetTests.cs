using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>Targets: who sets them, from when on, and what is kept of earlier ones.</summary>
public sealed class TargetTests
{
    private const string Rework = "repairs.rework";

    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_the_management_reads_and_sets_them(string userName, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var targets = (await host.AsAsync(userName)).Get<TargetsService>();
        if (may)
        {
            await targets.SetAsync(Form("2026-11", 5), Ct);
            Assert.Equal(0.05m, (await RowAsync(targets)).Value);
        }
        else
        {
            await Assert.ThrowsAsync<NotFound>(() => targets.ListAsync(new TargetFilter(), Ct));
            await Assert.ThrowsAsync<NotFound>(() => targets.SetAsync(Form("2026-11", 5), Ct));
        }
    }

    [Fact]
    public async Task A_target_counts_from_its_month_on_and_a_corrected_one_stays_in_the_history()
    {
        await using var host = await TestHost.OpenAsync();
        var targets = (await host.AsAsync(TestUsers.Manager)).Get<TargetsService>();
        await targets.SetAsync(Form("2026-10", 8), Ct);
        await targets.SetAsync(Form("2026-12", 6), Ct);
        var december = (await RowAsync(targets)).History.Single(e => e.From.Month == 12).Id;
        await targets.SetAsync(Form("2026-12", 5, december), Ct);

        var row = await RowAsync(targets);
        Assert.Equal((0.08m, new DateOnly(2026, 10, 1)), (row.Value, row.From));
        Assert.Equal([(0.05m, false), (0.06m, true), (0.08m, false)], row.History.Select(e => (e.Value!.Value, e.WithdrawnAt is not null)));

        host.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(0.05m, (await RowAsync((await host.AsAsync(TestUsers.Manager)).Get<TargetsService>())).Value);

        await targets.SetAsync(new TargetForm { Figure = Rework, From = "2027-01", IsNone = true }, Ct);
        host.Clock.Advance(TimeSpan.FromDays(31));
        row = await RowAsync(targets);
        Assert.Equal((null, new DateOnly(2027, 1, 1)), (row.Value, row.From));
    }

    [Fact]
    public async Task Of_two_people_who_set_the_same_month_the_second_is_told_of_the_first()
    {
        await using var host = await TestHost.OpenAsync();
        var people = new[] { await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator) };

        var outcomes = await Task.WhenAll(people.Select(async (p, i) =>
        {
            try
            {
                await p.Get<TargetsService>().SetAsync(Form("2026-11", 5 + i), Ct);
                return null;
            }
            catch (Stale stale)
            {
                return stale.By;
            }
        }));

        Assert.Single(outcomes, o => o is null);
        Assert.Contains(outcomes, o => o is "沈国栋" or "郑海涛");
        Assert.Single((await RowAsync(people[0].Get<TargetsService>())).History);
    }

    [Fact]
    public async Task A_crew_has_its_own_target_beside_its_own_result_of_the_last_full_month()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(10));
        var targets = (await host.AsAsync(TestUsers.Manager)).Get<TargetsService>();
        var crew = ticket.CrewId ?? (await host.RowAsync(ticket.Number)).CrewId!.Value;
        await targets.SetAsync(new TargetForm { Figure = Rework, Scope = TargetScope.Crew, ScopeId = crew, From = "2026-12", Value = 5 }, Ct);

        var list = await targets.ListAsync(new TargetFilter { Owner = $"crew:{crew}", Text = "返修" }, Ct);
        var row = list.Rows.Single(r => r.Figure.Code == Rework);
        Assert.Equal((0.05m, 0m, TargetState.Met), (row.Value, row.Result, row.State));
        Assert.Equal(November, list.LastMonth);
        Assert.All((await targets.ListAsync(new TargetFilter { State = TargetState.Met, Owner = $"crew:{crew}" }, Ct)).Rows,
            r => Assert.Equal(TargetState.Met, r.State));
        await Assert.ThrowsAsync<NotFound>(() =>
            targets.SetAsync(new TargetForm { Figure = Rework, Scope = TargetScope.Crew, ScopeId = 9_999, From = "2026-12", Value = 5 }, Ct));
    }

    [Fact]
    public async Task A_closed_month_refuses_targets_and_keeps_the_one_it_was_closed_with()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        var targets = (await host.AsAsync(TestUsers.Manager)).Get<TargetsService>();
        await targets.SetAsync(Form("2026-10", 8), Ct);
        host.Clock.Advance(TimeSpan.FromDays(10));
        var manager = await host.AsAsync(TestUsers.Manager);
        await manager.Get<ClosingService>().CloseAsync(November, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => targets.SetAsync(Form("2026-11", 3), Ct));
        Assert.Equal((nameof(TargetForm.From), "MonthClosed"), (refused.Problems[0].Field, refused.Code));

        var october = (await RowAsync(targets)).History.Single(e => e.From.Month == 10).Id;
        await targets.SetAsync(Form("2026-10", 3, october), Ct);
        var report = await manager.Get<ReportService>().MonthAsync(November, Ct);
        Assert.Equal(0.08m, report.Content.Sections.Single(s => s.Layout.Code == "repairs").Readings[Rework].Target);
    }

    [Theory]
    [InlineData("2026-11", 101, "TooHigh", nameof(TargetForm.Value))]
    [InlineData("2026-13", 5, "NoMonth", nameof(TargetForm.From))]
    [InlineData("2026", 5, "NoMonth", nameof(TargetForm.From))]
    public async Task What_can_be_no_target_is_refused_at_its_field(string from, int value, string code, string field)
    {
        await using var host = await TestHost.OpenAsync();
        var targets = (await host.AsAsync(TestUsers.Manager)).Get<TargetsService>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => targets.SetAsync(Form(from, value), Ct));
        Assert.Equal((field, code), (refused.Problems[0].Field, refused.Code));
    }

    [Fact]
    public async Task Undo_sets_the_earlier_target_again_or_none()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (targets, undo) = (manager.Get<TargetsService>(), manager.Get<TargetUndo>());
        await targets.SetAsync(Form("2026-11", 8), Ct);
        await targets.SetAsync(Form("2026-11", 5, (await RowAsync(targets)).History[0].Id), Ct);

        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        var row = await RowAsync(targets);
        Assert.Equal(0.08m, row.Value);
        Assert.Equal(3, row.History.Count);

        await targets.SetAsync(Form("2026-12", 5), Ct);
        Assert.Equal("Set", (await undo.LatestAsync(Ct))?.Act);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.DoesNotContain((await RowAsync(targets)).History, e => e.From.Month == 12 && e.WithdrawnAt is null);
    }

    private static TargetForm Form(string from, decimal value, long? expected = null) =>
        new() { Figure = Rework, From = from, Value = value, ExpectedId = expected };

    private static async Task<TargetRow> RowAsync(TargetsService targets) =>
        (await targets.ListAsync(new TargetFilter { Owner = "office" }, Ct)).Rows.Single(r => r.Figure.Code == Rework);
}
