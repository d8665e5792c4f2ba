using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// A day is declared a holiday while 100,000 tickets are open: how long until each has new deadlines, and how long verbs wait meanwhile.
/// </summary>
internal static class RedateBench
{
    private const int Tickets = 100_000, Chunk = 10_000, Quiet = 200;

    public static async Task RunAsync()
    {
        await using var app = new AppWithUsers(await TestApp.StartAsync());
        var ids = await StoreAsync(app);
        var office = await app.AsAsync(TestUsers.Dispatcher);
        var next = 0;
        List<double> quiet = [], meanwhile = [];
        for (var n = 0; n < Quiet; n++) quiet.Add(await VerbAsync());

        var table = new Table("one after the other, Triage", "count", "seconds", "p50 ms", "p95 ms", "max ms", "target");
        Row("verbs while nothing else happens", quiet.Count, null, quiet);
        await CloseAsync(app);
        var redating = Task.Run(() => RedateAsync(app));
        while (!redating.IsCompleted) meanwhile.Add(await VerbAsync());
        var (changed, seconds) = await redating;
        Row($"counting {Tickets:N0} open tickets anew", changed, seconds, []);
        Row("verbs meanwhile", meanwhile.Count, null, meanwhile, "p95 1,000 ms");

        async Task<double> VerbAsync()
        {
            var id = ids[next++];
            return await AppWithUsers.TimeAsync(() => office.Repairs.TriageAsync(id));
        }

        void Row(string what, int count, double? took, List<double> waits, string target = "")
        {
            var of = Percentiles.Of(waits);
            if (waits.Count == 0) table.Row(what, count, took, "", "", "", target);
            else table.Row(what, count, took, of.P50, of.P95, of.Max, target);
        }
    }

    private static async Task<(int Changed, double Seconds)> RedateAsync(AppWithUsers app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var start = Stopwatch.GetTimestamp();
        var changed = await scope.ServiceProvider.GetRequiredService<DeadlineRecalculation>().RunAsync();
        return (changed, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Closes the next days, so that every deadline moves.</summary>
    private static Task<bool> CloseAsync(AppWithUsers app) => app.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var today = app.Services.GetRequiredService<OfficeTime>().Today;
        var (from, to) = (today.AddDays(1), today.AddDays(4));
        db.CalendarSpans.RemoveRange(await db.CalendarSpans.Where(s => s.From <= to && s.To >= from).ToListAsync(token));
        db.CalendarSpans.Add(new CalendarSpan(from, to, SpanKind.Holiday, "停课", "Closed"));
        return true;
    }));

    private static async Task<IReadOnlyList<long>> StoreAsync(AppWithUsers app)
    {
        var clocks = await app.Services.GetRequiredService<ServiceClockCache>().CurrentAsync();
        var form = await app.FormAsync();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        for (var stored = 0; stored < Tickets; stored += Chunk)
        {
            var first = stored;
            await app.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var room = await db.Set<Room>().AsNoTracking().Include(r => r.Building).SingleAsync(r => r.Id == form.RoomId, token);
                using var bulk = new BulkWriter(db);
                bulk.Add(Enumerable.Range(first, Chunk).Select(n =>
                {
                    var ticket = RepairTicket.Submit(
                        $"T-{n}", new Report(room, form.CategoryId!.Value, Urgency.Normal, form.Description!, form.Phone), null, null, now);
                    ticket.RecalculateDeadlines(clocks, now);
                    return ticket;
                }), token);
                return true;
            }));
        }
        return await app.InDatabaseAsync(db => db.RepairTickets.OrderByDescending(t => t.Id).Select(t => t.Id).ToListAsync());
    }
}
