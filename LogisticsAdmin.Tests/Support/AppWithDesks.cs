using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Support;

/// <summary>The whole app, used by people through the same services that pages use.</summary>
internal sealed class AppWithUsers(TestApp app) : IAsyncDisposable
{
    private readonly List<AsyncServiceScope> _scopes = [];

    public TestApp App => app;

    public IServiceProvider Services => app.Services;

    /// <summary>A scope in which this person acts, like a circuit.</summary>
    public async Task<Desk> AsAsync(string userName)
    {
        var scope = app.Services.CreateAsyncScope();
        lock (_scopes) _scopes.Add(scope);
        var person = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().Users.SingleAsync(p => p.UserName == userName);
        var claims = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Person>>().CreateAsync(person);
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.From(claims));
        return new Desk(scope.ServiceProvider, person.Id);
    }

    public Task<T> InDatabaseAsync<T>(Func<LogisticsDb, Task<T>> query) => app.InDatabaseAsync(query);

    /// <summary>A complete report about a tap in 竹园3号楼 512.</summary>
    public Task<ReportForm> FormAsync() => InDatabaseAsync(async db => new ReportForm
    {
        RoomId = await db.Rooms.Where(r => r.Code == "512" && r.Building.Code == "Z3").Select(r => r.Id).SingleAsync(),
        CategoryId = await db.Categories.Where(c => c.Code == "water-tap").Select(c => c.Id).SingleAsync(),
        Description = "洗手池水龙头关不紧，一直滴水",
        Phone = "13800002071",
    });

    public Task<long> IdAsync(string number) =>
        InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == number).Select(t => t.Id).SingleAsync());

    public static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _scopes) await scope.DisposeAsync();
        await app.DisposeAsync();
    }
}
