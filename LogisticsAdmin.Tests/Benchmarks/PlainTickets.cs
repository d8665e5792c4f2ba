using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Tickets over 24 months: nine in ten closed, the recent ones in every state.</summary>
internal static class PlainTickets
{
    private const int PerSave = 1_000;

    private static readonly string[] Faults =
        ["洗手池水龙头关不紧，一直滴水", "空调不制冷", "灯管闪烁", "门锁打不开", "下水道堵了，地上有水", "窗户关不上", "插座没电", "热水器没有热水"];

    public static async Task WriteAsync(string directory, int tickets)
    {
        // Nobody reads the live feed here; describing each row for it would only take time.
        await using var house = new WorkedApp(await TestApp.StartAsync(storage: directory, change: services => services.RemoveAll<IRowSource>()));
        var office = await house.AsAsync(Cast.Dispatcher);
        var databases = office.Get<IDbContextFactory<LogisticsDb>>();
        await using var reference = await databases.CreateDbContextAsync();
        var rooms = await reference.Rooms.Include(r => r.Building).AsNoTracking().ToListAsync();
        var categories = await reference.Categories.Where(c => c.ParentId != null).AsNoTracking().ToListAsync();
        var technicians = await reference.Users.Where(p => p.CrewId != null).AsNoTracking().ToListAsync();
        var resident = (await house.AsAsync(Cast.Resident)).PersonId;
        var random = new Random(7);
        var end = TimeProvider.System.GetUtcNow().AddDays(-1);
        var step = TimeSpan.FromDays(730) / tickets;

        for (var done = 0; done < tickets; done += PerSave)
        {
            await using var db = await databases.CreateDbContextAsync();
            await db.WriteAsync(_ =>
            {
                for (var i = done; i < Math.Min(done + PerSave, tickets); i++) db.RepairTickets.Add(Ticket(i));
                return Task.CompletedTask;
            });
        }

        RepairTicket Ticket(int i)
        {
            var at = end - step * (tickets - i);
            var room = rooms[random.Next(rooms.Count)];
            var report = new Report(room, categories[random.Next(categories.Count)].Id, (Urgency)random.Next(1, 5), $"{Faults[random.Next(Faults.Length)]} {room.Code}", "13800002071");
            var ticket = RepairTicket.Submit(FormattableString.Invariant($"BX{at:yyyyMMdd}-{i:000000}"), report, resident, null, at.AddDays(3), at);
            var steps = end - at > TimeSpan.FromDays(3) ? (random.Next(20) == 0 ? 7 : 6) : random.Next(7);
            var by = technicians[random.Next(technicians.Count)];
            if (steps > 0) ticket.Triage(office.PersonId, at.AddMinutes(10));
            if (steps > 1) ticket.Assign(office.PersonId, by.CrewId!.Value, by.Id, null, at.AddMinutes(20));
            if (steps > 2) ticket.Take(by.Id, at.AddMinutes(30));
            if (steps > 3) ticket.Start(by.Id, at.AddHours(1));
            if (steps > 4) ticket.Complete(by.Id, "换了阀芯", false, at.AddHours(3));
            if (steps > 5) ticket.Verify(resident, null, false, at.AddHours(9));
            return ticket;
        }
    }
}
