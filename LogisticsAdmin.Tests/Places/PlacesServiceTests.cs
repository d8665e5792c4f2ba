using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>Campuses, buildings and rooms: who reads and changes them, what forms refuse, and when a place may retire.</summary>
public sealed class PlacesServiceTests
{
    private const string LongZh = "东校区新建学生公寓组团第十二号宿舍楼与附属生活服务中心及地下停车场综合管理用房一区二区三区四区五区六区七区八区九区十区东侧西侧南";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, false)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task The_office_reads_places_and_only_administrators_change_them(string who, bool reads, bool changes)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(who);
        var (service, queries) = (desk.Get<PlacesService>(), desk.Get<PlacesQueries>());
        var (campus, building, room) = await FirstAsync(host);
        var reason = new RetirePlaceForm { Reason = "改造" };

        await AllowsAsync(reads, () => queries.TreeAsync(Ct), () => queries.GridAsync(building.Id, Ct), () => queries.ListAsync(new PlacesFilter(), Ct),
            () => queries.RoomAsync(room.Id, Ct), () => queries.OpenAsync(PlaceKind.Room, room.Id, Ct));
        await AllowsAsync(changes, () => service.CreateCampusAsync(NewCampus("N1"), Ct), () => service.CreateBuildingAsync(NewBuilding(campus.Id, "N1"), Ct),
            () => service.CreateRoomAsync(NewRoom(building.Id, "N1"), Ct), () => service.SaveCampusAsync(campus.Id, FormOf(campus), Ct),
            () => service.SaveBuildingAsync(building.Id, FormOf(building), Ct), () => service.RetireAsync(PlaceKind.Room, room.Id, reason, Ct),
            () => service.RestoreAsync(PlaceKind.Room, room.Id, Ct));
        var stored = await RoomAsync(host, room.Id);
        await AllowsAsync(changes, () => service.SaveRoomAsync(room.Id, FormOf(stored), Ct));
        if (changes) return;
        foreach (var kind in new[] { PlaceKind.Campus, PlaceKind.Building })
            await AllowsAsync(false, () => service.RetireAsync(kind, 1, reason, Ct), () => service.RestoreAsync(kind, 1, Ct));
        await AllowsAsync(false, () => desk.Get<PlacesUndo>().UndoAsync(1, Ct));
    }

    [Fact]
    public async Task Names_of_sixty_characters_fit_in_both_languages_and_come_back_as_typed()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        var (zh, en) = (LongZh[..60], new string('W', 60));
        var campus = await service.CreateCampusAsync(new CampusForm { Code = "LONG", Name = zh, NameEn = en }, Ct);
        var building = await service.CreateBuildingAsync(
            new BuildingForm { CampusId = campus, Code = "L1", Name = zh, NameEn = en, Kind = BuildingKind.Dormitory }, Ct);
        var form = NewRoom(building, "101");
        (form.Name, form.NameEn, form.Area, form.Capacity, form.Beds) = (zh, en, 22.25m, 4, 3);
        var room = await service.CreateRoomAsync(form, Ct);

        var read = await (await host.AsAsync(TestUsers.Dispatcher)).Get<PlacesQueries>().RoomAsync(room, Ct);
        Assert.Equal((zh, en, zh, en), (read.Name.Zh, read.Name.En, read.Building.Zh, read.Campus.En));
        Assert.Equal((22.25m, 4, 3, RoomKind.Bedroom), (read.Area, read.Capacity, read.Beds, read.Kind));
    }

    [Fact]
    public async Task An_empty_name_of_a_room_is_its_number()
    {
        await using var host = await TestHost.OpenAsync();
        var (_, building, _) = await FirstAsync(host);
        var id = await (await AdminAsync(host)).CreateRoomAsync(NewRoom(building.Id, "９０１"), Ct);
        var room = await RoomAsync(host, id);
        Assert.Equal(("901", "901"), (room.Code, room.Name));
    }

    [Fact]
    public async Task Each_wrong_value_is_refused_at_its_field()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        var (campus, building, room) = await FirstAsync(host);

        await RefusesAsync(nameof(RoomForm.Floor), f => f.Floor = -6);
        await RefusesAsync(nameof(RoomForm.Floor), f => f.Floor = 121);
        await RefusesAsync(nameof(RoomForm.Area), f => f.Area = 12.345m);
        await RefusesAsync(nameof(RoomForm.Area), f => f.Area = 100_000.01m);
        await RefusesAsync(nameof(RoomForm.Capacity), f => f.Capacity = -1);
        await RefusesAsync(nameof(RoomForm.Beds), f => f.Beds = 21);
        await RefusesAsync(nameof(RoomForm.Kind), f => f.Kind = (RoomKind)99);
        await RefusesAsync(nameof(RoomForm.Number), f => f.Number = "\u200B");
        await RefusesAsync(nameof(RoomForm.Name), f => f.Name = new string('长', PlacesLimits.Name + 1));
        await RefusesAsync(nameof(RoomForm.Number), f => f.Number = $" {room.Code} ");
        await RefusesAsync(nameof(RoomForm.BuildingId), f => f.BuildingId = 999_999);

        Assert.Equal(nameof(CampusForm.Code), await FieldAsync(() => service.CreateCampusAsync(NewCampus(campus.Code.ToLowerInvariant()), Ct)));
        Assert.Equal(nameof(CampusForm.Name), await FieldAsync(() => service.CreateCampusAsync(new CampusForm { Code = "X" }, Ct)));
        Assert.Equal(nameof(BuildingForm.Code), await FieldAsync(() => service.CreateBuildingAsync(NewBuilding(campus.Id, building.Code), Ct)));
        Assert.Equal(nameof(BuildingForm.CampusId), await FieldAsync(() => service.CreateBuildingAsync(NewBuilding(999_999, "B"), Ct)));
        Assert.Equal(nameof(RetirePlaceForm.Reason),
            await FieldAsync(() => service.RetireAsync(PlaceKind.Room, room.Id, new RetirePlaceForm { Reason = new string('长', 201) }, Ct)));

        async Task RefusesAsync(string field, Action<RoomForm> change)
        {
            var form = NewRoom(building.Id, "NEW");
            change(form);
            Assert.Equal(field, await FieldAsync(() => service.CreateRoomAsync(form, Ct)));
        }
    }

    [Fact]
    public async Task A_form_that_somebody_else_was_faster_with_is_stale_also_when_only_beds_changed()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        var (campus, building, room) = await FirstAsync(host);
        var (campusForm, buildingForm, roomForm, other) = (FormOf(campus), FormOf(building), FormOf(room), FormOf(room));
        roomForm.Beds++;
        await service.SaveRoomAsync(room.Id, roomForm, Ct);
        (buildingForm.Name, campusForm.Name) = ("改名", "改名");
        await service.SaveBuildingAsync(building.Id, buildingForm, Ct);
        await service.SaveCampusAsync(campus.Id, campusForm, Ct);

        other.Beds += 2;
        await Assert.ThrowsAsync<Stale>(() => service.SaveRoomAsync(room.Id, other, Ct));
        Assert.Equal("郑海涛", (await Assert.ThrowsAsync<Stale>(() => service.SaveBuildingAsync(building.Id, buildingForm, Ct))).By);
        await Assert.ThrowsAsync<Stale>(() => service.SaveCampusAsync(campus.Id, campusForm, Ct));
        Assert.Equal(roomForm.Beds, (await RoomAsync(host, room.Id)).LivingBeds().Count);
    }

    [Fact]
    public async Task Beds_are_added_and_free_ones_retire_from_the_end_and_a_taken_one_names_its_resident()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        await (await host.AsAsync(TestUsers.Administrator)).ImportAsync("people", "学号,姓名,楼栋,房间,床位\n20269973,张三,竹园3号楼,511,4");
        var room = await host.InDatabaseAsync(db =>
            db.Rooms.AsNoTracking().Include(r => r.Beds).SingleAsync(r => r.Code == "511" && r.Building.Code == "Z3", Ct));
        var form = FormOf(room);
        form.Beds = 6;
        await service.SaveRoomAsync(room.Id, form, Ct);
        room = await RoomAsync(host, room.Id);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], room.LivingBeds().Select(b => b.Code));
        form = FormOf(room);
        form.Beds = 0;
        var refusal = await Assert.ThrowsAsync<Rejected>(() => service.SaveRoomAsync(room.Id, form, Ct));
        Assert.Equal((nameof(RoomForm.Beds), "BedsTaken"), (refusal.Problems[0].Field, refusal.Code));
        Assert.Equal("4 张三", refusal.Args[0]);
        form.Beds = 4;
        refusal = await Assert.ThrowsAsync<Rejected>(() => service.SaveRoomAsync(room.Id, form, Ct));
        Assert.Equal((nameof(RoomForm.BedsReason), "BedsReasonMissing"), (refusal.Problems[0].Field, refusal.Code));
        Assert.Equal("5, 6", ((string)refusal.Args[0]!).Replace("、", ", ", StringComparison.Ordinal));
        form.BedsReason = " 床板坏了 ";
        await service.SaveRoomAsync(room.Id, form, Ct);
        Assert.All((await RoomAsync(host, room.Id)).Beds.Where(b => b.RetiredAt is not null), b => Assert.Equal("床板坏了", b.RetiredBecause));
        Assert.Equal(["1", "2", "3", "4"], (await RoomAsync(host, room.Id)).LivingBeds().Select(b => b.Code));
    }

    [Fact]
    public async Task A_place_retires_only_when_nobody_lives_there_and_a_campus_only_without_buildings()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        var home = await HomeAsync(host);
        var reason = new RetirePlaceForm { Reason = "改造" };

        var lived = await Assert.ThrowsAsync<Rejected>(() => service.RetireAsync(PlaceKind.Room, home.Id, reason, Ct));
        Assert.Contains("王小雨", (string)lived.Args[0]!, StringComparison.Ordinal);
        Assert.Equal("BuildingLivedIn", (await Assert.ThrowsAsync<Rejected>(() => service.RetireAsync(PlaceKind.Building, home.BuildingId, reason, Ct))).Code);
        var campus = await host.InDatabaseAsync(db => db.Buildings.Where(b => b.Id == home.BuildingId).Select(b => b.CampusId).SingleAsync(Ct));
        Assert.Equal("CampusInUse", (await Assert.ThrowsAsync<Rejected>(() => service.RetireAsync(PlaceKind.Campus, campus, reason, Ct))).Code);

        var own = await service.CreateCampusAsync(NewCampus("OWN"), Ct);
        var building = await service.CreateBuildingAsync(NewBuilding(own, "O1"), Ct);
        await service.RetireAsync(PlaceKind.Building, building, reason, Ct);
        await service.RetireAsync(PlaceKind.Campus, own, reason, Ct);
        Assert.Equal("AlreadyRetired", (await Assert.ThrowsAsync<Rejected>(() => service.RetireAsync(PlaceKind.Campus, own, reason, Ct))).Code);
        Assert.Equal("CampusIsRetired", (await Assert.ThrowsAsync<Rejected>(() => service.RestoreAsync(PlaceKind.Building, building, Ct))).Code);
        await service.RestoreAsync(PlaceKind.Campus, own, Ct);
        await service.RestoreAsync(PlaceKind.Building, building, Ct);
        Assert.Equal("NotRetired", (await Assert.ThrowsAsync<Rejected>(() => service.RestoreAsync(PlaceKind.Building, building, Ct))).Code);
        var node = (await (await host.AsAsync(TestUsers.Manager)).Get<PlacesQueries>().TreeAsync(Ct)).Building(building);
        Assert.Null(node!.RetiredAt);
    }

    [Fact]
    public async Task What_has_retired_is_offered_nowhere_and_keeps_its_tickets_stays_and_history()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var service = admin.Get<PlacesService>();
        var building = await service.CreateBuildingAsync(NewBuilding((await FirstAsync(host)).Campus.Id, "GONE"), Ct);
        var room = await service.CreateRoomAsync(NewRoom(building, "101"), Ct);
        var category = await host.InDatabaseAsync(db => db.Categories.Where(c => c.Code == "water-tap").Select(c => c.Id).SingleAsync(Ct));
        var report = new ReportForm { RoomId = room, CategoryId = category, Description = "漏水", Phone = "13800000000" };
        var number = await (await host.AsAsync(TestUsers.Resident)).Intake.SubmitAsync(report, Ct);
        await admin.ImportAsync("people", "学号,姓名,楼栋,房间,床位\n20269971,张三,楼 GONE,101,1");
        var person = await host.InDatabaseAsync(db => db.Users.Where(p => p.Number == "20269971").Select(p => p.Id).SingleAsync(Ct));
        await admin.ImportAsync("people", "学号,姓名,楼栋,房间,床位\n20269971,张三,竹园3号楼,511,4");

        Assert.Equal("1 张在办报修单", Assert.Single(await admin.Get<PlacesQueries>().OpenAsync(PlaceKind.Room, room, Ct)).Zh);
        await service.RetireAsync(PlaceKind.Building, building, new RetirePlaceForm { Reason = "拆除" }, Ct);

        Assert.Null((await RoomAsync(host, room)).RetiredAt);
        Assert.DoesNotContain((await admin.Choices.ChoicesAsync(Ct)).Buildings, b => b.Id == building);
        Assert.Empty(await admin.Choices.RoomsAsync(building, Ct));
        var again = await Assert.ThrowsAsync<Rejected>(async () => await (await host.AsAsync(TestUsers.Resident)).Intake.SubmitAsync(report, Ct));
        Assert.Equal(nameof(ReportForm.RoomId), again.Problems[0].Field);
        await using (var rooms = await admin.CheckAsync("rooms", "楼栋,楼层,房间号\n楼 GONE,1,102"))
            Assert.Equal(["building: Import.UnknownBuilding"], rooms.Wrong(2));
        await using (var people = await admin.CheckAsync("people", "学号,姓名,楼栋,房间\n20269972,李四,楼 GONE,101"))
            Assert.NotEmpty(people.Wrong(2));
        Assert.DoesNotContain(await admin.Get<PlacesQueries>().RoomsAsync(Ct), r => r.Building.Zh == "楼 GONE");

        await service.RetireAsync(PlaceKind.Room, room, new RetirePlaceForm { Reason = "拆除" }, Ct);
        var ticket = (await admin.Lists.WindowAsync(new() { View = Features.Repairs.Desk.RepairView.All }, 50, ct: Ct)).Items.Single(t => t.Number == number);
        Assert.Equal(("楼 GONE", "101"), (ticket.Building.Zh, ticket.Room.Zh));
        var stay = Assert.Single((await admin.Get<PeopleService>().DetailAsync(person, Ct)).Stays, s => s.Until is not null);
        Assert.Equal(("楼 GONE", "101"), (stay.Building.Zh, stay.Room.Zh));
        var names = host.Services.GetServices<IAuditWords>().Single(w => w.Entities.Contains(typeof(Room)));
        Assert.Equal("楼 GONE 101", await host.InDatabaseAsync(db => names.Names(db, typeof(Room))!.Where(n => n.Id == room).Select(n => n.Zh).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_retired_room_comes_back_unless_another_has_its_number_by_now()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        var (_, building, _) = await FirstAsync(host);
        var first = await service.CreateRoomAsync(NewRoom(building.Id, "B-1"), Ct);
        await service.RetireAsync(PlaceKind.Room, first, new RetirePlaceForm { Reason = "并入隔壁" }, Ct);
        var second = await service.CreateRoomAsync(NewRoom(building.Id, "b-1"), Ct);
        Assert.Equal(nameof(RoomForm.Number), await FieldAsync(() => service.RestoreAsync(PlaceKind.Room, first, Ct)));
        await service.RetireAsync(PlaceKind.Room, second, new RetirePlaceForm { Reason = "并入隔壁" }, Ct);
        await service.RestoreAsync(PlaceKind.Room, first, Ct);
        Assert.Null((await RoomAsync(host, first)).RetiredAt);
    }

    [Fact]
    public async Task Undo_brings_back_the_values_and_beds_of_a_room_and_takes_back_retiring_and_restoring()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (service, undo) = (admin.Get<PlacesService>(), admin.Get<PlacesUndo>());
        var (_, _, room) = await FirstAsync(host);
        var beds = room.LivingBeds().Select(b => b.Code).ToList();
        var form = FormOf(room);
        (form.Name, form.Floor, form.Area, form.Beds, form.BedsReason) = ("改名", 9, 30, 0, "改造");
        await service.SaveRoomAsync(room.Id, form, Ct);
        Assert.Equal((1, 0), await UndoneAsync());
        var back = await RoomAsync(host, room.Id);
        Assert.Equal((room.Name, room.Floor, room.Area), (back.Name, back.Floor, back.Area));
        Assert.Equal(beds, back.LivingBeds().Select(b => b.Code));

        await service.RetireAsync(PlaceKind.Room, room.Id, new RetirePlaceForm { Reason = "改造" }, Ct);
        Assert.Equal((1, 0), await UndoneAsync());
        Assert.Null((await RoomAsync(host, room.Id)).RetiredAt);
        await service.RetireAsync(PlaceKind.Room, room.Id, new RetirePlaceForm { Reason = "改造" }, Ct);
        await service.RestoreAsync(PlaceKind.Room, room.Id, Ct);
        Assert.Equal((1, 0), await UndoneAsync());
        Assert.Equal("改造", (await RoomAsync(host, room.Id)).RetiredBecause);

        async Task<(int, int)> UndoneAsync()
        {
            var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
            return (outcome.Done, outcome.Left.Count);
        }
    }

    [Fact]
    public async Task The_grid_counts_beds_taken_ones_and_open_tickets_and_the_tree_sums_them()
    {
        await using var host = await TestHost.OpenAsync();
        var dispatcher = await host.AsAsync(TestUsers.Dispatcher);
        var queries = dispatcher.Get<PlacesQueries>();
        var home = await HomeAsync(host);
        var ticket = await host.TicketAsync(TicketStatus.InProgress);

        var grid = await queries.GridAsync(home.BuildingId, Ct);
        var tile = grid.Rooms.Single(r => r.Id == home.Id);
        var taken = await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.RoomId == home.Id && p.RetiredAt == null, Ct));
        Assert.Equal((home.LivingBeds().Count, taken), (tile.Beds, tile.Taken));
        Assert.Equal(ticket.RoomId == home.Id ? 1 : 0, tile.Open);
        Assert.Equal(grid.Rooms.Select(r => r.Floor).OrderDescending(), grid.Rooms.Select(r => r.Floor));
        var node = (await queries.TreeAsync(Ct)).Building(home.BuildingId)!;
        Assert.Equal((grid.Beds, grid.Taken, grid.Free), (node.Beds, node.Taken, node.Free));
        await Assert.ThrowsAsync<NotFound>(() => queries.GridAsync(999_999, Ct));
        await Assert.ThrowsAsync<NotFound>(() => queries.RoomAsync(999_999, Ct));
    }

    [Fact]
    public async Task The_list_is_narrowed_sorted_and_paged_and_the_grid_says_the_same()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var queries = manager.Get<PlacesQueries>();
        var home = await HomeAsync(host);
        await host.TicketAsync(TicketStatus.InProgress);
        var grid = await queries.GridAsync(home.BuildingId, Ct);
        var filter = new PlacesFilter { BuildingId = home.BuildingId, View = PlacesView.List };

        foreach (var state in Enum.GetValues<RoomFilter>())
        {
            var page = await queries.ListAsync(filter with { State = state }, Ct);
            var matching = grid.Rooms.Where(r => r.Matches(state)).Select(r => r.Id).ToHashSet();
            Assert.Equal((matching.Count, Math.Min(matching.Count, PlacesFilter.PageSize)), (page.Total, page.Items.Count));
            Assert.All(page.Items, r => Assert.Contains(r.Id, matching));
        }
        Assert.Equal(home.Id, Assert.Single((await queries.ListAsync(filter with { Text = $"竹园 {home.Code}" }, Ct)).Items).Id);
        Assert.Empty((await queries.ListAsync(filter with { Text = "50%" }, Ct)).Items);
        foreach (var sort in Enum.GetValues<RoomSort>())
        {
            var up = await queries.RoomsAsync(filter with { Sort = sort }, Ct);
            var down = await queries.RoomsAsync(filter with { Sort = sort, Descending = true }, Ct);
            Assert.Equal(up.Select(r => r.Code).Order(), down.Select(r => r.Code).Order());
        }
        var all = await queries.ListAsync(new PlacesFilter(), Ct);
        Assert.Equal(Math.Min(all.Total, PlacesFilter.PageSize), all.Items.Count);
        Assert.NotEmpty((await queries.ListAsync(new PlacesFilter { Page = 99_999 }, Ct)).Items);
    }

    [Fact]
    public void A_filter_is_the_same_after_its_address_was_read_and_nonsense_is_ignored()
    {
        var filter = new PlacesFilter
        {
            CampusId = 1,
            BuildingId = 2,
            RoomId = 3,
            View = PlacesView.List,
            Text = "a b&c",
            State = RoomFilter.Open,
            Kind = RoomKind.Plant,
            Floor = -1,
            IsColouredByOpen = true,
            ShowsRetired = true,
            Sort = RoomSort.Area,
            Descending = true,
            Page = 4,
        };
        Assert.Equal(filter, PlacesFilter.Read($"http://x/places{filter.Query}"));
        Assert.Equal(new PlacesFilter(), PlacesFilter.Read("places?building=x&state=99&sort=-&page=-1&floor=1e9&show=cube"));
    }

    [Fact]
    public async Task Each_change_is_announced_with_its_building()
    {
        await using var host = await TestHost.OpenAsync();
        var service = await AdminAsync(host);
        var (campus, _, _) = await FirstAsync(host);
        using var feed = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is KeyChanged { Topic: PlacesTopics.Places });
        var building = await service.CreateBuildingAsync(NewBuilding(campus.Id, "LIVE"), Ct);
        Assert.Equal(building, await NextAsync());
        var room = await service.CreateRoomAsync(NewRoom(building, "1"), Ct);
        Assert.Equal(building, await NextAsync());
        await service.RetireAsync(PlaceKind.Room, room, new RetirePlaceForm { Reason = "改造" }, Ct);
        Assert.Equal(building, await NextAsync());
        await (await host.AsAsync(TestUsers.Manager)).ImportAsync("rooms", "楼栋,楼层,房间号\n竹园3号楼,9,9901");
        Assert.Equal(0, await NextAsync());

        async Task<long> NextAsync() => Assert.IsType<KeyChanged>(Assert.Single((await feed.NextAsync(Ct))!.Changes)).Key;
    }

    internal static CampusForm NewCampus(string code) => new() { Code = code, Name = $"校区 {code}", NameEn = $"Campus {code}" };

    internal static BuildingForm NewBuilding(long campus, string code) =>
        new() { CampusId = campus, Code = code, Name = $"楼 {code}", NameEn = $"Hall {code}", Kind = BuildingKind.Dormitory };

    internal static RoomForm NewRoom(long building, string number) =>
        new() { BuildingId = building, Number = number, Floor = 1, Kind = RoomKind.Bedroom, Beds = 2 };

    private static CampusForm FormOf(Campus campus) => new() { Version = campus.Version, Code = campus.Code, Name = campus.Name, NameEn = campus.NameEn };

    private static BuildingForm FormOf(Building building) => new()
    {
        Version = building.Version,
        CampusId = building.CampusId,
        Code = building.Code,
        Name = building.Name,
        NameEn = building.NameEn,
        Kind = building.Kind,
    };

    private static RoomForm FormOf(Room room) => new()
    {
        Version = room.Version,
        BuildingId = room.BuildingId,
        Number = room.Code,
        Name = room.Name,
        NameEn = room.NameEn,
        Floor = room.Floor,
        Kind = room.Kind,
        Area = room.Area,
        Capacity = room.Capacity,
        Beds = room.LivingBeds().Count,
    };

    private static async Task<PlacesService> AdminAsync(TestHost host) => (await host.AsAsync(TestUsers.Administrator)).Get<PlacesService>();

    /// <summary>A room with beds in which nobody lives, with its building and campus.</summary>
    private static Task<(Campus Campus, Building Building, Room Room)> FirstAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        var room = await db.Rooms.AsNoTracking().Include(r => r.Beds).Include(r => r.Building).ThenInclude(b => b.Campus)
            .Where(r => r.Beds.Count > 0 && !db.Users.Any(p => p.RoomId == r.Id)).OrderBy(r => r.Id).FirstAsync(Ct);
        return (room.Building.Campus, room.Building, room);
    });

    private static Task<Room> RoomAsync(TestHost host, long id) =>
        host.InDatabaseAsync(db => db.Rooms.AsNoTracking().Include(r => r.Beds).SingleAsync(r => r.Id == id, Ct));

    /// <summary>竹园3号楼 512, where 王小雨 lives.</summary>
    private static Task<Room> HomeAsync(TestHost host) => host.InDatabaseAsync(db =>
        db.Rooms.AsNoTracking().Include(r => r.Beds).SingleAsync(r => r.Code == "512" && r.Building.Code == "Z3", Ct));

    private static async Task<string> FieldAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Problems[0].Field;

    private static async Task AllowsAsync(bool allowed, params Func<Task>[] acts)
    {
        foreach (var act in acts)
        {
            if (allowed) await act();
            else await Assert.ThrowsAsync<Forbidden>(act);
        }
    }
}
