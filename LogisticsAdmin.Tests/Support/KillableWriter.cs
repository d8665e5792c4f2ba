using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>write-until-killed DIR</c>: performs verbs as fast as it can and prints each one that was acknowledged.</summary>
internal static class KillableWriter
{
    private const int Writers = 4;

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteForeverAsync(host))));
        return 0;
    }

    /// <summary>The line for an acknowledged verb; a line that was cut off by the kill differs from it.</summary>
    public static string Acknowledge(string number, RepairVerb verb) => $"{number} {verb};";

    private static async Task WriteForeverAsync(TestHost host)
    {
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var form = await host.FormAsync();
        while (true)
        {
            var number = await resident.Intake.SubmitAsync(form);
            Console.WriteLine(Acknowledge(number, RepairVerb.Submit));
            var id = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == number).Select(t => t.Id).SingleAsync());
            await office.Repairs.TriageAsync(id);
            Console.WriteLine(Acknowledge(number, RepairVerb.Triage));
        }
    }
}
