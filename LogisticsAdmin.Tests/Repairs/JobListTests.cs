using System.Data.Common;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Phone;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>What the cards of a technician's jobs show beside the fault.</summary>
public sealed class JobListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_shows_the_hours_of_the_visit_the_note_of_its_assignment_and_the_first_photo()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var (first, second) = (await DraftAsync(resident), await DraftAsync(resident));
        var form = await host.FormAsync();
        var slot = await host.InDatabaseAsync(db => db.VisitSlots.OrderBy(s => s.From).FirstAsync(Ct));
        (form.VisitDay, form.VisitSlotId, form.Photos) = (new DateOnly(2026, 11, 23), slot.Id, [first, second]);
        await AssignAsync(host, await resident.Intake.SubmitAsync(form, Ct), "带上梯子");

        var job = Assert.Single(await (await host.AsAsync(TestUsers.Technician)).Get<JobQueries>().ListAsync(Ct));

        Assert.Equal((slot.ToString(), "带上梯子", first), (job.Slot, job.Note, job.Photo));
    }

    [Fact]
    public async Task The_note_is_that_of_the_assignment_in_force()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        await AssignAsync(host, ticket.Number, "带上梯子");
        var (office, jobs) = (await host.AsAsync(TestUsers.Dispatcher), (await host.AsAsync(TestUsers.Technician)).Get<JobQueries>());
        var elsewhere = await host.AssignmentAsync(ticket.Number, "100206");
        elsewhere.Note = "转木工";
        await office.Repairs.TransferAsync(ticket.Id, elsewhere, Ct);
        Assert.Empty(await jobs.ListAsync(Ct));

        await office.Get<UndoService>().UndoAsync((await office.Get<UndoService>().LatestAsync(Ct))!.Id, Ct);
        Assert.Equal("带上梯子", Assert.Single(await jobs.ListAsync(Ct)).Note);

        await AssignAsync(host, ticket.Number, null);
        Assert.Null(Assert.Single(await jobs.ListAsync(Ct)).Note);
    }

    [Fact]
    public async Task Twenty_jobs_need_as_many_queries_as_one()
    {
        var queries = new CountedQueries();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(o => o.AddInterceptors(queries)));
        await AssignAsync(host, (await host.TicketAsync()).Number, "带上梯子");
        var one = await CountAsync();
        for (var i = 0; i < 19; i++) await host.TicketAsync(TicketStatus.Assigned);

        Assert.Equal(one, await CountAsync());

        async Task<int> CountAsync()
        {
            var jobs = (await host.AsAsync(TestUsers.Technician)).Get<JobQueries>();
            queries.Count = 0;
            await jobs.ListAsync(Ct);
            return queries.Count;
        }
    }

    private static async Task AssignAsync(TestHost host, string number, string? note)
    {
        var form = await host.AssignmentAsync(number);
        form.Note = note;
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync((await host.RowAsync(number)).Id, form, Ct);
    }

    private static async Task<Guid> DraftAsync(Desk desk)
    {
        await using var upload = new MemoryStream(Phone.Jpeg());
        return (await desk.Get<RepairPhotos>().UploadDraftAsync(upload, Ct)).Key;
    }

    private sealed class CountedQueries : DbCommandInterceptor
    {
        public int Count { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return ValueTask.FromResult(result);
        }
    }
}
