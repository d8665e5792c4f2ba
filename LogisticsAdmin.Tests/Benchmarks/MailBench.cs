using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Outbox;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Ten thousand people get a message in bulk and its mail by a mail server on this machine, which runs in the same process; and what new messages
/// cost while mail is off and on.
/// </summary>
internal static class MailBench
{
    private const int People = 10_000, Writes = 400;

    public static async Task RunAsync()
    {
        await WriteAsync();
        var table = new Table($"{People:N0} mails by SMTP on this machine", "seconds", "per second", "heap MiB");
        foreach (var connections in new[] { 4, 16 }) await SendAsync(table, connections);
    }

    private static async Task SendAsync(Table table, int connections)
    {
        await using var server = MailServer.Start(onlyCounts: true);
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port, o => o.Connections = connections));
        var people = await PeopleAsync(host);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var watch = Stopwatch.StartNew();
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(token =>
            {
                using var bulk = new BulkWriter(db);
                bulk.Add(people.Select(id => new InboxItem(id, (int)RepairNotification.StateChanged, $"BX{id}", "Closed", TestHost.Start, "空调不制冷")), token);
                return Task.CompletedTask;
            });
            return 0;
        });
        table.Row("inbox and outbox in one write", watch.Elapsed.TotalSeconds, People / watch.Elapsed.TotalSeconds);

        using (var heap = new HeapWatch())
        {
            watch.Restart();
            await host.Runner.RunAsync(CancellationToken.None);
            var took = watch.Elapsed.TotalSeconds;
            table.Row($"{server.Taken:N0} sent by {connections} connections at a time", took, server.Taken / took, (heap.Peak - before) / 1024d / 1024);
        }
        var left = await host.InDatabaseAsync(db => db.Outbox.CountAsync(m => m.State != OutboxState.Sent));
        if (left > 0) Console.WriteLine($"{left} were not sent");
    }

    private static async Task WriteAsync()
    {
        var table = new Table("a write with one message in an inbox", "ms");
        foreach (var isOn in new[] { false, true })
        {
            await using var host = await TestHost.OpenAsync(isOn ? Mailing.To(1) : null);
            var person = await host.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync());
            await TellAsync(host, person, 50);
            var watch = Stopwatch.StartNew();
            await TellAsync(host, person, Writes);
            table.Row(isOn ? "mail on, not wanted by the person" : "mail off", watch.Elapsed.TotalMilliseconds / Writes);
        }
    }

    private static async Task TellAsync(TestHost host, long person, int writes)
    {
        for (var n = 0; n < writes; n++)
        {
            await host.InDatabaseAsync(db =>
            {
                db.Inbox.Add(new InboxItem(person, (int)RepairNotification.Replied, $"BX{n}", null, TestHost.Start));
                return db.SaveChangesAsync();
            });
        }
    }

    /// <summary>Dispatchers, who may see every ticket, with an address and the wish for mail.</summary>
    private static Task<List<long>> PeopleAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        List<long> ids = [];
        await db.WriteAsync(token =>
        {
            using var bulk = new BulkWriter(db);
            var people = Enumerable.Range(0, People).Select(n =>
            {
                var person = new Person($"bench{n}", "张三");
                person.Describe("张三", null, null, $"bench{n}@example.edu");
                return person;
            }).ToList();
            bulk.AddUnaudited(people, token);
            ids.AddRange(people.Select(p => p.Id));
            bulk.AddUnaudited(ids.Select(id => new IdentityUserRole<long> { UserId = id, RoleId = (long)Role.Dispatcher }), token);
            bulk.AddUnaudited(ids.Select(id => new MailPreference(id, (int)RepairNotification.StateChanged, MailMode.AtOnce)), token);
            return Task.CompletedTask;
        });
        return ids;
    });
}
