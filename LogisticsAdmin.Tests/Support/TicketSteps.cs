using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Brings a ticket into the state that a test needs, through the services that pages use.</summary>
internal static class TicketSteps
{
    extension(TestHost host)
    {
        /// <summary>A complete report about 竹园3号楼 512: a dripping tap.</summary>
        public Task<ReportForm> FormAsync(string category = "water-tap", string description = "洗手池水龙头关不紧，一直滴水") =>
            host.InDatabaseAsync(async db => new ReportForm
            {
                RoomId = await db.Rooms.Where(r => r.Code == "512" && r.Building.Code == "Z3").Select(r => r.Id).SingleAsync(),
                CategoryId = await db.Categories.Where(c => c.Code == category).Select(c => c.Id).SingleAsync(),
                Description = description,
                Phone = "13800002071",
            });

        /// <summary>The limits of this test app, by its calendar and levels.</summary>
        public async Task<ServiceClock> ClocksAsync() => await host.Services.GetRequiredService<ServiceClockCache>().CurrentAsync();

        /// <summary>The resident's ticket, brought to a state.</summary>
        public async Task<RepairRow> TicketAsync(TicketStatus status = TicketStatus.New, string by = TestUsers.Resident)
        {
            var number = await (await host.AsAsync(by)).Intake.SubmitAsync(await host.FormAsync());
            var (office, technician) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician));
            var id = (await host.RowAsync(number)).Id;
            var path = status switch
            {
                TicketStatus.New => Array.Empty<TicketStatus>(),
                TicketStatus.Triaged or TicketStatus.Assigned => [TicketStatus.Triaged, status],
                TicketStatus.Taken => [TicketStatus.Assigned, TicketStatus.Taken],
                TicketStatus.InProgress => [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress],
                TicketStatus.OnHold => [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold],
                TicketStatus.Completed => [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.Completed],
                TicketStatus.Rework => [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.Completed, TicketStatus.Rework],
                TicketStatus.Closed => [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.Completed, TicketStatus.Closed],
                TicketStatus.Rejected => [TicketStatus.Rejected],
                TicketStatus.Cancelled => [TicketStatus.Cancelled],
                _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
            };
            foreach (var step in path.Distinct())
            {
                await (step switch
                {
                    TicketStatus.Triaged => office.Repairs.TriageAsync(id),
                    TicketStatus.Assigned => office.Repairs.AssignAsync(id, await host.AssignmentAsync(number)),
                    TicketStatus.Taken => technician.Repairs.TakeAsync(id),
                    TicketStatus.InProgress => technician.Repairs.StartAsync(id),
                    TicketStatus.OnHold => technician.Repairs.HoldAsync(id, new HoldForm { Reason = HoldReason.Parts }),
                    TicketStatus.Completed => technician.Repairs.CompleteAsync(id, new NoteForm { Note = "换了阀芯" }),
                    TicketStatus.Rework => office.Repairs.SendBackAsync(id, new NoteForm { Note = "还在滴" }),
                    TicketStatus.Closed => (await host.AsAsync(by)).Repairs.VerifyAsync(id, new NoteForm()),
                    TicketStatus.Rejected => office.Repairs.RejectAsync(id, new NoteForm { Note = "重复报修" }),
                    TicketStatus.Cancelled => (await host.AsAsync(by)).Repairs.CancelAsync(id, new NoteForm()),
                    _ => throw new ArgumentOutOfRangeException(nameof(status), step, null),
                });
            }
            return await host.RowAsync(number);
        }

        /// <summary>An assignment to 孙强 of the water and power crew, as a dispatcher sees the ticket now.</summary>
        public async Task<AssignForm> AssignmentAsync(string number, string technician = TestUsers.Technician)
        {
            var row = await host.RowAsync(number);
            return await host.InDatabaseAsync(async db =>
            {
                var person = await db.Users.SingleAsync(p => p.UserName == technician);
                return new AssignForm
                {
                    ExpectedStatus = row.Status,
                    ExpectedCrewId = row.CrewId,
                    ExpectedTechnicianId = row.TechnicianId,
                    CrewId = person.CrewId,
                    TechnicianId = person.Id,
                };
            });
        }

        public Task<RepairRow> RowAsync(string number) =>
            host.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets.Where(t => t.Number == number)).SingleAsync());
    }
}
