using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.ServiceLevels;

[Collection(nameof(KillTests))]
public sealed class EscalationKillTests
{
    private const int Tickets = 40, Kills = 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_between_and_during_ticks_the_app_notifies_each_step_once()
    {
        var directory = await TestHost.NewStorageAsync();
        DateTimeOffset at;
        await using (var host = await TestHost.StartAsync(directory))
        {
            for (var n = 0; n < Tickets; n++) await host.TicketAsync(TicketStatus.Taken);
            at = await host.InDatabaseAsync(db => db.RepairTickets.MinAsync(t => t.DueAt, Ct)) - TimeSpan.FromMinutes(70);
        }
        for (var kill = 0; kill < Kills; kill++) at = await TickUntilKilledAsync(directory, at, lines: Random.Shared.Next(1, 12));

        await using (var host = await TestHost.StartAsync(directory))
        {
            var worker = host.AsSystem().Get<RepairClock>();
            for (var end = at.AddDays(4); at <= end; at = at.AddMinutes(15))
            {
                host.Clock.SetUtcNow(at);
                await worker.TickAsync(Ct);
            }
            var steps = await host.InDatabaseAsync(db => db.RepairEvents
                .Where(e => e.Verb == RepairVerb.Escalate).OrderBy(e => e.Id)
                .Select(e => new { e.TicketId, e.Code }).ToListAsync(Ct));
            var ofEach = steps.GroupBy(s => s.TicketId, s => s.Code!).ToList();
            Assert.Equal(Tickets, ofEach.Count);
            Assert.All(ofEach, of => Assert.Equal(["Completion.Owner", "Completion.CrewLead", "Completion.Manager"], of));
            var lines = await host.InDatabaseAsync(db => db.Inbox
                .Where(i => i.Kind == (int)RepairNotification.DueSoon || i.Kind == (int)RepairNotification.Escalated)
                .GroupBy(i => new { i.PersonId, i.Subject, i.Kind, i.At }).Select(g => g.Count()).ToListAsync(Ct));
            Assert.All(lines, count => Assert.Equal(1, count));
        }
        TestHost.DropStorage(directory);
    }

    /// <summary>The moment of the last tick that was certainly completed, from which the next process continues.</summary>
    private static async Task<DateTimeOffset> TickUntilKilledAsync(string directory, DateTimeOffset from, int lines)
    {
        await using var ticker = AppProcess.Tick(directory, KillableTicker.Done(from));
        var error = ticker.Process.StandardError.ReadToEndAsync(Ct);
        for (var read = 0; read < lines; read++)
        {
            if (await ticker.Process.StandardOutput.ReadLineAsync(Ct) is not { } line) Assert.Fail($"The ticker ended by itself: {await error}");
            else from = KillableTicker.Moment(line);
        }
        ticker.Process.Kill();
        while (await ticker.Process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.EndsWith(';')) from = KillableTicker.Moment(line);
        return from;
    }
}
