using System.Globalization;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>到场: recorded with its time, once per visit; who may do it in which status is in <see cref="VerbTable"/>.</summary>
public sealed class ArrivingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispatcher_and_reporter_read_when_the_technician_arrived()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        host.Clock.Advance(TimeSpan.FromMinutes(25));

        await (await host.AsAsync(TestUsers.Technician)).Repairs.ArriveAsync(ticket.Id, Ct);

        foreach (var reader in new[] { TestUsers.Dispatcher, TestUsers.Resident })
        {
            var detail = await (await host.AsAsync(reader)).Tickets.DetailAsync(ticket.Number, Ct);
            Assert.Equal((RepairVerb.Arrive, host.Clock.GetUtcNow(), "孙强"), (detail.Timeline[^1].Verb, detail.Timeline[^1].At, detail.Timeline[^1].Actor));
            Assert.Equal((TicketStatus.Taken, host.Clock.GetUtcNow()), (detail.Row.Status, detail.ArrivedAt));
        }
        CultureInfo.CurrentUICulture = new CultureInfo(Languages.Chinese);
        var resident = await host.AsAsync(TestUsers.Resident);
        Assert.Equal("孙强 师傅已到场", resident.Get<PhoneWords>().Headline(await resident.Tickets.DetailAsync(ticket.Number, Ct)));
    }

    [Fact]
    public async Task It_is_recorded_once_per_visit()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        var (office, technician) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician));

        await ArriveOnceAsync();
        await technician.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Access }, Ct);
        await technician.Repairs.ResumeAsync(ticket.Id, new NoteForm(), Ct);
        await ArriveOnceAsync();
        await office.Repairs.TransferAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
        await technician.Repairs.TakeAsync(ticket.Id, Ct);
        await ArriveOnceAsync();
        await technician.Repairs.StartAsync(ticket.Id, Ct);
        await technician.Repairs.CompleteAsync(ticket.Id, new NoteForm(), ct: Ct);
        await office.Repairs.SendBackAsync(ticket.Id, new NoteForm { Note = "还在滴" }, Ct);
        await ArriveOnceAsync();

        async Task ArriveOnceAsync()
        {
            await technician.Repairs.ArriveAsync(ticket.Id, Ct);
            Assert.Equal("AlreadyArrived", (await Assert.ThrowsAsync<Rejected>(() => technician.Repairs.ArriveAsync(ticket.Id, Ct))).Code);
        }
    }

    [Fact]
    public async Task An_arrival_that_was_undone_is_recorded_again()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Repairs.ArriveAsync(ticket.Id, Ct);
        await technician.Get<UndoService>().UndoAsync(technician.Get<UndoOffers>().Latest!.Value, Ct);
        Assert.Null((await technician.Tickets.DetailAsync(ticket.Number, Ct)).ArrivedAt);

        await technician.Repairs.ArriveAsync(ticket.Id, Ct);
    }
}
