using System.Diagnostics;
using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// What the page of places reads, on 4 campuses with 60 buildings: one tower of 40 floors and 1,200 rooms, 20,000 rooms in all, and 40,000
/// residents in their beds.
/// </summary>
internal static class PlacesBench
{
    private const int Campuses = 4, Buildings = 60, Tower = 1_200, Floors = 40, Rooms = 20_000, Residents = 40_000, Beds = 3, WarmUp = 5, Rounds = 60;

    private const string Target = "p95 ≤ 100";

    public static async Task RunAsync()
    {
        await using var app = new AppWithUsers(await TestApp.StartAsync());
        var (tower, campus) = await app.InDatabaseAsync(FillAsync);
        var desk = await app.AsAsync(TestUsers.Dispatcher);
        var queries = desk.Get<PlacesQueries>();

        var table = new Table("question", "p50 ms", "p95 ms", "max ms", "target");
        await MeasureAsync("tree: 60 buildings with beds and residents", () => queries.TreeAsync());
        await MeasureAsync("grid: 1,200 rooms with beds, residents, tickets", () => queries.GridAsync(tower));
        await MeasureAsync("floors of the tower", () => queries.FloorsAsync(tower));
        var room = (await queries.GridAsync(tower)).Rooms[0].Id;
        await MeasureAsync("one room", () => queries.RoomAsync(room));
        var all = new PlacesFilter();
        await MeasureAsync("list: all rooms, first page", () => queries.ListAsync(all));
        await MeasureAsync("list: all rooms, last page", () => queries.ListAsync(all with { Page = Rooms / PlacesFilter.PageSize }));
        await MeasureAsync("list: campus", () => queries.ListAsync(all with { CampusId = campus }));
        await MeasureAsync("list: tower", () => queries.ListAsync(all with { BuildingId = tower, View = PlacesView.List }));
        await MeasureAsync("list: all, text 512", () => queries.ListAsync(all with { Text = "512" }));
        await MeasureAsync("list: all, text of two words", () => queries.ListAsync(all with { Text = "楼3 12" }));
        foreach (var state in Enum.GetValues<RoomFilter>()) await MeasureAsync($"list: all, {state}", () => queries.ListAsync(all with { State = state }));
        foreach (var sort in Enum.GetValues<RoomSort>()) await MeasureAsync($"list: all, by {sort}", () => queries.ListAsync(all with { Sort = sort }));

        async Task MeasureAsync(string what, Func<Task> ask)
        {
            for (var i = 0; i < WarmUp; i++) await ask();
            List<double> took = [];
            for (var i = 0; i < Rounds; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await ask();
                took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            var times = Percentiles.Of(took);
            table.Row(what, times.P50, times.P95, times.Max, Target);
        }
    }

    /// <summary>Returns the tower and its campus.</summary>
    internal static async Task<(long Tower, long Campus)> FillAsync(LogisticsDb db)
    {
        List<Campus> campuses = [.. Enumerable.Range(1, Campuses).Select(n => new Campus($"BENCH{n}", $"校区{n}", $"Campus {n}"))];
        List<Building> buildings = [.. Enumerable.Range(0, Buildings).Select(n =>
            new Building(campuses[n % Campuses], $"B{n:D2}", $"测试楼{n}", $"Bench hall {n}", BuildingKind.Dormitory))];
        List<Room> rooms = [.. Enumerable.Range(0, Tower).Select(n => RoomOf(buildings[0], n, Tower / Floors))];
        for (var n = 0; rooms.Count < Rooms; n++) rooms.Add(RoomOf(buildings[1 + n % (Buildings - 1)], n / (Buildings - 1), 40));
        await db.WriteAsync(ct =>
        {
            using var bulk = new BulkWriter(db);
            bulk.AddUnaudited(campuses, ct);
            bulk.AddUnaudited(buildings, ct);
            bulk.AddUnaudited(rooms, ct);
            return Task.CompletedTask;
        });
        // The bulk writer sets the ids of beds too.
        var beds = rooms.SelectMany(r => r.Beds.Take(2).Select(b => (Room: r, Bed: b))).Take(Residents).ToList();
        foreach (var some in beds.Chunk(10_000))
        {
            await db.WriteAsync(ct =>
            {
                using var bulk = new BulkWriter(db);
                List<Person> people = [.. some.Select((home, n) => ResidentOf(home.Room.Id, home.Bed.Id))];
                bulk.AddUnaudited(people, ct);
                bulk.Add(people.Select(p => new Occupancy(p.Id, p.RoomId!.Value, p.BedId, TestHost.Start)), ct);
                return Task.CompletedTask;
            });
        }
        return (buildings[0].Id, campuses[0].Id);
    }

    private static Room RoomOf(Building building, int n, int perFloor)
    {
        var floor = 1 + n / perFloor;
        return new Room(building, floor, (floor * 100 + 1 + n % perFloor).ToString(CultureInfo.InvariantCulture), "", Beds);
    }

    private static Person ResidentOf(long roomId, long bedId)
    {
        var number = $"B{bedId:D8}";
        var person = new Person(number, $"住户{bedId}", number);
        person.MoveTo(roomId, bedId);
        return person;
    }
}
