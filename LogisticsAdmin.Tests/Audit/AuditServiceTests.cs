using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Audit;

/// <summary>Who may read the log, how changes are shown, and that filters and windows are complete.</summary>
public sealed class AuditServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_but_administrators_reads_the_log(string person)
    {
        await using var host = await TestHost.OpenAsync();
        var audit = (await host.AsAsync(person)).Get<AuditService>();

        await Assert.ThrowsAsync<Forbidden>(() => audit.KindsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => audit.ListAsync(new AuditFilter(), ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => audit.CountAsync(new AuditFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => audit.FieldsAsync(1, new AuditFilter(), ct: Ct));
        Assert.Throws<Forbidden>(() => audit.AllAsync(new AuditFilter(), Ct));
    }

    [Fact]
    public async Task A_change_is_shown_with_old_and_new_value_actor_and_names_instead_of_ids()
    {
        await using var host = await TestHost.OpenAsync();
        var (desk, id, from, to) = await MoveAsync(host);

        var filter = new AuditFilter { Entity = nameof(Person), Thing = $"#{id}", Who = TestUsers.Administrator };
        var audit = desk.Get<AuditService>();
        var act = Assert.Single((await audit.ListAsync(filter, ct: Ct)).Items);
        var rows = (await audit.FieldsAsync(act.Id, filter, ct: Ct)).Items;

        Assert.All(rows, r => Assert.Equal(("郑海涛", desk.PersonId, "王晓雨", host.Clock.GetUtcNow()), (r.Actor, r.ActorId!.Value, r.Thing.Zh, r.At)));
        var name = Assert.Single(rows, r => r.Field == nameof(Person.FullName));
        Assert.Equal(("王小雨", "王晓雨"), (name.Old, name.New));
        var room = Assert.Single(rows, r => r.Field == nameof(Person.RoomId));
        Assert.Equal((from, to), (Assert.IsType<LocalName>(room.Old).Zh, Assert.IsType<LocalName>(room.New).Zh));
        Assert.Contains(rows, r => r is { Field: nameof(Role), Old: null, New: Role.Dispatcher });
    }

    [Fact]
    public async Task Filters_narrow_by_person_thing_field_and_day_of_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        var (desk, id, _, to) = await MoveAsync(host);
        var audit = desk.Get<AuditService>();
        var room = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.RoomId!.Value).SingleAsync(Ct));
        // The first moment of the next day in Shanghai, and the last before it.
        await AddEntryAsync(host, nameof(Room), room, nameof(Room.Floor), new DateTimeOffset(2026, 11, 22, 15, 59, 59, TimeSpan.Zero));
        await AddEntryAsync(host, nameof(Room), room, nameof(Room.Floor), new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero));
        await AddEntryAsync(host, "Vanished", 7, "Colour", TestHost.Start);

        async Task<int> FoundAsync(AuditFilter filter)
        {
            var found = (await audit.ListAsync(filter, ct: Ct)).Items.Count;
            Assert.Equal(found, await audit.CountAsync(filter, Ct));
            return found;
        }

        var all = await FoundAsync(new AuditFilter { From = new DateOnly(2026, 11, 22), Who = "郑海涛" });
        Assert.Equal(1, all);
        foreach (var who in new[] { "海涛", "100001", "ADMIN" }) Assert.Equal(all, await FoundAsync(new AuditFilter { Who = who }));
        Assert.Equal(0, await FoundAsync(new AuditFilter { Who = "100%" }));
        Assert.Equal(2, await FoundAsync(new AuditFilter { Who = "系统", Entity = nameof(Room) }));
        Assert.Equal(2, await FoundAsync(new AuditFilter { Who = "system", Thing = to }));
        Assert.Equal(2, await FoundAsync(new AuditFilter { Entity = nameof(Room), Thing = $"#{room}" }));
        Assert.Equal(1, await FoundAsync(new AuditFilter { Thing = "晓雨", Field = nameof(Person.FullName) }));
        Assert.Equal(0, await FoundAsync(new AuditFilter { Thing = "晓雨", Entity = nameof(Room) }));
        Assert.Equal(0, await FoundAsync(new AuditFilter { Thing = "x", Entity = "Vanished" }));
        Assert.Equal(1, await FoundAsync(new AuditFilter { Entity = nameof(Room), To = new DateOnly(2026, 11, 22) }));
        Assert.Equal(1, await FoundAsync(new AuditFilter { Entity = nameof(Room), From = new DateOnly(2026, 11, 23) }));

        var gone = Assert.Single((await audit.ListAsync(new AuditFilter { Entity = "Vanished" }, ct: Ct)).Items);
        Assert.Equal(("#7", "a", "b"), (gone.First.Thing.Zh, gone.First.Old, gone.First.New));
    }

    [Fact]
    public async Task Every_kind_can_be_searched_and_named()
    {
        await using var host = await TestHost.OpenAsync();
        var audit = (await host.AsAsync(TestUsers.Administrator)).Get<AuditService>();
        var kinds = await audit.KindsAsync(Ct);
        foreach (var kind in kinds) await AddEntryAsync(host, kind.Entity, 1, kind.Fields[0], TestHost.Start);

        foreach (var kind in kinds) Assert.NotEmpty((await audit.ListAsync(new AuditFilter { Entity = kind.Entity, Thing = "#1" }, ct: Ct)).Items);
        foreach (var kind in kinds) await audit.CountAsync(new AuditFilter { Entity = kind.Entity, Thing = "某" }, Ct);
        await audit.CountAsync(new AuditFilter { Thing = "某" }, Ct);
        foreach (var known in new[] { nameof(Person), nameof(Room), nameof(Building), nameof(Campus), nameof(Crew), nameof(Bed), "Part", "Category" })
            Assert.DoesNotContain('#', (await audit.ListAsync(new AuditFilter { Entity = known, Thing = "#1", Who = "系统" }, ct: Ct)).Items[0].First.Thing.Zh);
    }

    [Fact]
    public async Task Windows_have_no_gaps_where_many_changes_have_one_time()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            foreach (var n in Enumerable.Range(0, 130))
            {
                var entry = Entry(nameof(Room), n + 1, "Floor", TestHost.Start.AddMinutes(n / 60));
                entry.Act = 1_000 + n;
                db.Audit.Add(entry);
            }
            return await db.SaveChangesAsync(Ct);
        });
        var audit = (await host.AsAsync(TestUsers.Administrator)).Get<AuditService>();
        var filter = new AuditFilter { Entity = nameof(Room) };

        List<AuditAct> read = [];
        List<int> sizes = [];
        long? next = null;
        do
        {
            var window = await audit.ListAsync(filter, next, Ct);
            read.AddRange(window.Items);
            sizes.Add(window.Items.Count);
            next = window.Next;
        }
        while (next is not null);

        Assert.Equal([50, 50, 30], sizes);
        Assert.Equal(130, read.Select(r => r.Id).Distinct().Count());
        Assert.Equal(read.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Select(r => r.Id), read.Select(r => r.Id));
        Assert.Equal(read.Select(r => r.First.Id), await audit.AllAsync(filter, Ct).Select(r => r.Id).ToListAsync(Ct));
        Assert.Equal(130, await audit.CountAsync(filter, Ct));
    }

    [Fact]
    public void An_address_may_name_a_thing_by_its_bare_id_and_values_that_are_not_valid_are_ignored()
    {
        var filter = AuditFilter.Parse(" ", "Person", null, "12", "", "2026-11-22", "22.11.2026");
        Assert.Equal(new AuditFilter { Entity = "Person", Thing = "#12", From = new DateOnly(2026, 11, 22) }, filter);
        Assert.Equal(12, filter.ThingId);
        Assert.Null(new AuditFilter { Thing = "512" }.ThingId);
    }

    /// <summary>王小雨 moves, is renamed 王晓雨 and becomes a dispatcher. Returns the rooms before and after.</summary>
    private static async Task<(Desk Desk, long Id, string From, string To)> MoveAsync(TestHost host)
    {
        var desk = await host.AsAsync(TestUsers.Administrator);
        var people = desk.Get<PeopleService>();
        var row = (await people.ListAsync(new PeopleFilter { Text = "王小雨" }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident);
        var rooms = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.BuildingId == row.BuildingId)
            .Select(r => new { r.Id, Name = r.Building.Name + " " + r.Name }).ToListAsync(Ct));
        var other = rooms.First(r => r.Id != row.RoomId);
        await people.SaveAsync(row.Id, new PersonForm
        {
            Version = row.Version,
            UserName = row.UserName,
            FullName = "王晓雨",
            Number = row.Number,
            Phone = row.Phone,
            Email = row.Email,
            RoomId = other.Id,
            Roles = [Role.Resident, Role.Dispatcher],
        }, Ct);
        return (desk, row.Id, rooms.Single(r => r.Id == row.RoomId).Name, other.Name);
    }

    private static Task<int> AddEntryAsync(TestHost host, string entity, long id, string field, DateTimeOffset at) => host.InDatabaseAsync(async db =>
    {
        db.Audit.Add(Entry(entity, id, field, at));
        return await db.SaveChangesAsync(Ct);
    });

    private static AuditEntry Entry(string entity, long id, string field, DateTimeOffset at) => new()
    {
        Entity = entity,
        EntityId = id,
        Field = field,
        Old = "a",
        New = "b",
        At = at,
    };
}
