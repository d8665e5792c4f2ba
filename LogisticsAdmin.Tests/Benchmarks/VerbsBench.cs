using System.Diagnostics;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// The life of tickets from report to verification, through the services that pages use: authorize, validate, save with event and inbox, read
/// the live row, commit, publish. The time is measured from the call until it returns. The app has run for some minutes before, so that
/// recompilation after the first thousands of calls is not measured.
/// </summary>
internal static class VerbsBench
{
    private const int WarmUp = 400, Tickets = 1000;

    public static async Task RunAsync()
    {
        await using var app = new AppWithUsers(await TestApp.StartAsync(storage: BenchStore.Given));
        var (report, assignment) = (await app.FormAsync(), await AssignmentAsync(app));
        using var page = app.Services.GetRequiredService<IChangeFeed>().Subscribe(null, change => change is Changed<RepairRow>);
        await LiveAsync(app, report, assignment, WarmUp);

        var table = new Table("writers", "verbs", "verbs/s", "p50 ms", "p95 ms", "max ms", "target");
        foreach (var writers in new[] { 1, 10 })
        {
            var start = Stopwatch.GetTimestamp();
            var lives = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => LiveAsync(app, report, assignment, Tickets / writers))));
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var took = Percentiles.Of(lives.SelectMany(life => life));
            table.Row($"{writers}", took.Count, took.Count / seconds, took.P50, took.P95, took.Max, writers == 1 ? "" : "600/s, p95 20 ms");
        }
    }

    private static async Task<List<double>> LiveAsync(AppWithUsers app, ReportForm report, AssignForm assignment, int tickets)
    {
        var (resident, office, technician) =
            (await app.AsAsync(TestUsers.Resident), await app.AsAsync(TestUsers.Dispatcher), await app.AsAsync(TestUsers.Technician));
        List<double> took = [];
        for (var i = 0; i < tickets; i++)
        {
            var number = "";
            took.Add(await AppWithUsers.TimeAsync(async () => number = await resident.Intake.SubmitAsync(report)));
            var id = await app.IdAsync(number);
            await DoAsync(() => office.Repairs.TriageAsync(id));
            await DoAsync(() => office.Repairs.AssignAsync(id, assignment));
            await DoAsync(() => technician.Repairs.TakeAsync(id));
            await DoAsync(() => technician.Repairs.StartAsync(id));
            await DoAsync(() => technician.Repairs.CompleteAsync(id, new NoteForm { Note = "换了阀芯" }));
            await DoAsync(() => resident.Repairs.VerifyAsync(id, new NoteForm()));
        }
        return took;

        async Task DoAsync(Func<Task> verb) => took.Add(await AppWithUsers.TimeAsync(verb));
    }

    private static Task<AssignForm> AssignmentAsync(AppWithUsers app) => app.InDatabaseAsync(async db =>
    {
        var technician = await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician);
        return new AssignForm { ExpectedStatus = TicketStatus.Triaged, CrewId = technician.CrewId, TechnicianId = technician.Id };
    });
}
