using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Parts and labour of repairs: who records them, when, at which price, and who may read them.</summary>
public sealed class CostTests
{
    /// <summary>水龙头阀芯, 12 yuan.</summary>
    private const string Cartridge = "SL-001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_and_labour_are_kept_at_the_price_they_had_and_summed_in_cents()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();
        await costs.AddPartAsync(ticket.Id, await UseAsync(host, quantity: 1.5m), Ct);
        await costs.AddLabourAsync(ticket.Id, new UseLabourForm { Minutes = 25 }, Ct);
        await PriceAsync(host, 20);
        await costs.AddPartAsync(ticket.Id, await UseAsync(host), Ct);

        var view = await costs.ViewAsync(ticket.Id, Ct);

        Assert.Equal([(12m, 18m), (60m, 25m), (20m, 20m)], view.Lines.Select(l => (l.UnitPrice, l.Amount.Yuan)));
        Assert.Equal((38m, 25m, 63m), (view.Parts.Yuan, view.Labour.Yuan, view.Cost.Total?.Yuan));
        Assert.All(view.Lines, l => Assert.Equal("孙强", l.Person));
    }

    [Theory]
    [InlineData(TicketStatus.New, false)]
    [InlineData(TicketStatus.Triaged, false)]
    [InlineData(TicketStatus.Assigned, false)]
    [InlineData(TicketStatus.Taken, true)]
    [InlineData(TicketStatus.InProgress, true)]
    [InlineData(TicketStatus.OnHold, true)]
    [InlineData(TicketStatus.Completed, true)]
    [InlineData(TicketStatus.Rework, true)]
    [InlineData(TicketStatus.Closed, false)]
    [InlineData(TicketStatus.Rejected, false)]
    [InlineData(TicketStatus.Cancelled, false)]
    public async Task Use_is_recorded_from_taken_until_closed(TicketStatus status, bool allowed)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(status);
        var costs = (await host.AsAsync(TestUsers.Dispatcher)).Get<RepairCosts>();
        var use = await UseAsync(host);

        Assert.Equal(allowed, (await costs.ViewAsync(ticket.Id, Ct)).MayRecord);
        if (allowed) await costs.AddPartAsync(ticket.Id, use, Ct);
        else Assert.Equal("NotWorkedOn", (await Assert.ThrowsAsync<Rejected>(() => costs.AddPartAsync(ticket.Id, use, Ct))).Code);
        Assert.Equal(allowed ? 1 : 0, await host.InDatabaseAsync(db => db.RepairUses.CountAsync(Ct)));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, null)]
    [InlineData(TestUsers.Manager, null)]
    [InlineData(TestUsers.Dispatcher, null)]
    [InlineData(TestUsers.Technician, null)]
    [InlineData("100202", typeof(Forbidden))]
    [InlineData("100206", typeof(NotFound))]
    [InlineData(TestUsers.Resident, typeof(NotFound))]
    public async Task The_technician_on_it_and_the_office_record_and_nobody_else(string who, Type? refusal)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var costs = (await host.AsAsync(who)).Get<RepairCosts>();
        var use = await UseAsync(host);

        foreach (var record in new Func<Task>[]
        {
            () => costs.AddPartAsync(ticket.Id, use, Ct),
            () => costs.AddLabourAsync(ticket.Id, new UseLabourForm { Minutes = 30 }, Ct),
        })
        {
            if (refusal is null) await record();
            else Assert.IsType(refusal, await Record.ExceptionAsync(record));
        }

        var stored = await host.InDatabaseAsync(db => db.RepairUses.ToListAsync(Ct));
        Assert.Equal(refusal is null ? 2 : 0, stored.Count);
        var technician = (await host.AsAsync(TestUsers.Technician)).PersonId;
        Assert.All(stored, u => Assert.Equal(technician, u.PersonId));
    }

    [Fact]
    public async Task A_reporter_does_not_hear_what_was_used()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>().AddPartAsync(ticket.Id, await UseAsync(host), Ct);
        var reporter = (await host.AsAsync(TestUsers.Resident)).Get<RepairCosts>();

        await Assert.ThrowsAsync<NotFound>(() => reporter.ViewAsync(ticket.Id, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => reporter.ChoicesAsync(null, ct: Ct));
    }

    [Fact]
    public async Task A_wrong_line_is_withdrawn_by_who_wrote_it_or_the_office_and_stays_readable()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var (technician, office) = ((await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>(),
            (await host.AsAsync(TestUsers.Dispatcher)).Get<RepairCosts>());
        await technician.AddPartAsync(ticket.Id, await UseAsync(host), Ct);
        await office.AddPartAsync(ticket.Id, await UseAsync(host, quantity: 2), Ct);
        var (own, theirs) = (await technician.ViewAsync(ticket.Id, Ct)).Lines switch { var lines => (lines[0], lines[1]) };
        Assert.Equal((true, false), (own.MayWithdraw, theirs.MayWithdraw));

        await Assert.ThrowsAsync<Forbidden>(() => technician.WithdrawAsync(ticket.Id, theirs.Id, Ct));
        await technician.WithdrawAsync(ticket.Id, own.Id, Ct);
        Assert.Equal("AlreadyWithdrawn", (await Assert.ThrowsAsync<Rejected>(() => office.WithdrawAsync(ticket.Id, own.Id, Ct))).Code);

        var view = await office.ViewAsync(ticket.Id, Ct);
        Assert.Equal((2, 24m), (view.Lines.Count, view.Cost.Used.Yuan));
        Assert.Equal("孙强", view.Lines[0].WithdrawnBy);
        await office.WithdrawAsync(ticket.Id, theirs.Id, Ct);
        Assert.Equal(Money.Zero, (await office.ViewAsync(ticket.Id, Ct)).Cost.Used);
    }

    [Fact]
    public async Task Nothing_is_withdrawn_from_a_closed_ticket_or_through_another_one()
    {
        await using var host = await TestHost.OpenAsync();
        var (ticket, other) = (await host.TicketAsync(TicketStatus.Completed), await host.TicketAsync(TicketStatus.InProgress));
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var costs = office.Get<RepairCosts>();
        await costs.AddPartAsync(ticket.Id, await UseAsync(host), Ct);
        var line = Assert.Single((await costs.ViewAsync(ticket.Id, Ct)).Lines);

        await Assert.ThrowsAsync<NotFound>(() => costs.WithdrawAsync(other.Id, line.Id, Ct));
        await office.Repairs.VerifyAsync(ticket.Id, new NoteForm(), Ct);

        Assert.Equal("NotWorkedOn", (await Assert.ThrowsAsync<Rejected>(() => costs.WithdrawAsync(ticket.Id, line.Id, Ct))).Code);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9999.01")]
    [InlineData("0.001")]
    [InlineData(null)]
    public async Task A_quantity_out_of_range_is_refused_at_its_field(string? quantity)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var use = await UseAsync(host);
        use.Quantity = quantity is null ? null : decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture);

        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => costs.AddPartAsync(ticket.Id, use, Ct));

        Assert.Equal(nameof(UsePartForm.Quantity), Assert.Single(refused.Problems).Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1441)]
    [InlineData(null)]
    public async Task Minutes_out_of_range_are_refused_at_their_field(int? minutes)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);

        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => costs.AddLabourAsync(ticket.Id, new UseLabourForm { Minutes = minutes }, Ct));

        Assert.Equal(nameof(UseLabourForm.Minutes), Assert.Single(refused.Problems).Field);
    }

    [Fact]
    public async Task A_retired_part_is_neither_offered_nor_taken()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var use = await UseAsync(host);
        await (await host.AsAsync(TestUsers.Manager)).Get<PartsService>().RetireAsync(use.PartId!.Value, Ct);
        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();

        Assert.DoesNotContain(await costs.ChoicesAsync(null, 500, Ct), p => p.Code == Cartridge);
        var refused = await Assert.ThrowsAsync<Rejected>(() => costs.AddPartAsync(ticket.Id, use, Ct));

        Assert.Equal("UnknownPart", refused.Code);
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_line_and_with_another_quantity_a_second()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var use = await UseAsync(host);
        use.Key = Guid.NewGuid();
        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();

        await Task.WhenAll(costs.AddPartAsync(ticket.Id, use, Ct), costs.AddPartAsync(ticket.Id, use, Ct));

        Assert.Single((await costs.ViewAsync(ticket.Id, Ct)).Lines);

        use.Quantity += 1;
        await costs.AddPartAsync(ticket.Id, use, Ct);
        Assert.Equal(2, (await costs.ViewAsync(ticket.Id, Ct)).Lines.Count);
    }

    [Theory]
    [InlineData("sl-001", "SL-001")]
    [InlineData("阀芯", "SL-001")]
    [InlineData("tap cart", "SL-001")]
    [InlineData("LED 18", "DQ-001")]
    public async Task Parts_are_found_by_code_and_by_words_in_either_language(string typed, string code)
    {
        await using var host = await TestHost.OpenAsync();

        var found = await (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>().ChoicesAsync(typed, ct: Ct);

        Assert.Contains(found, p => p.Code == code);
        Assert.True(found.Count < 5);
    }

    [Fact]
    public async Task An_open_panel_receives_each_cost_line_of_its_ticket()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(office.PersonId, c => c is KeyChanged { Topic: RepairCosts.Topic });

        await (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>().AddPartAsync(ticket.Id, await UseAsync(host), Ct);

        var delivery = await reader.NextAsync(Ct);
        Assert.Equal((RepairCosts.Topic, ticket.Id), Assert.IsType<KeyChanged>(Assert.Single(delivery!.Changes)) switch { var c => (c.Topic, c.Key) });
    }

    [Fact]
    public async Task A_crew_without_a_rate_is_refused_in_words()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await host.InDatabaseAsync(db =>
            db.WriteAsync(async _ => db.LabourRates.RemoveRange(await db.LabourRates.ToListAsync(Ct)), Ct).ContinueWith(_ => 0, Ct));

        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => costs.AddLabourAsync(ticket.Id, new UseLabourForm { Minutes = 30 }, Ct));

        Assert.Equal("NoRate", refused.Code);
    }

    [Fact]
    public async Task Panel_earlier_tickets_and_export_agree_on_what_a_ticket_cost_with_the_imported_part()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();
        await costs.AddPartAsync(ticket.Id, await UseAsync(host, quantity: 1.5m), Ct);
        await costs.AddPartAsync(ticket.Id, await UseAsync(host), Ct);
        await costs.WithdrawAsync(ticket.Id, (await costs.ViewAsync(ticket.Id, Ct)).Lines[1].Id, Ct);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE "RepairTickets" SET "CostFen" = 1250 WHERE "Id" = {ticket.Id}""", Ct));
        host.Clock.Advance(TimeSpan.FromDays(1));
        var later = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);

        var view = await costs.ViewAsync(ticket.Id, Ct);
        var export = await office.Lists.ExportAsync(new RepairFilter { View = RepairView.All }, ct: Ct).ToListAsync(Ct);

        Assert.Equal((12.5m, 18m, 30.5m), (view.Imported?.Yuan, view.Cost.Used.Yuan, view.Cost.Total?.Yuan));
        Assert.Equal(12.5m, (await office.Tickets.DetailAsync(ticket.Number, Ct)).Cost?.Yuan);
        Assert.Equal(30.5m, Assert.Single((await office.Tickets.DetailAsync(later.Number, Ct)).Earlier).Cost.Yuan);
        Assert.Equal((30.5m, null), (export.Single(r => r.Row.Id == ticket.Id).Cost?.Yuan, export.Single(r => r.Row.Id == later.Id).Cost));
    }

    private static Task<UsePartForm> UseAsync(TestHost host, decimal quantity = 1) => host.InDatabaseAsync(async db => new UsePartForm
    {
        PartId = await db.Parts.Where(p => p.Code == Cartridge).Select(p => p.Id).SingleAsync(Ct),
        Quantity = quantity,
    });

    private static async Task PriceAsync(TestHost host, decimal price)
    {
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var part = Assert.Single((await parts.ListAsync(new PartFilter { Text = Cartridge }, Ct)).Items);
        await parts.SaveAsync(part.Id, PartsTests.FormOf(part, price), Ct);
    }
}
