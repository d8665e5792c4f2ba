using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Imports of rooms and beds.</summary>
public sealed class RoomsImportTests
{
    private const string Rooms = "rooms";

    [Fact]
    public async Task New_rooms_get_beds_and_known_ones_as_many_as_the_file_says()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        const string File = "楼栋,楼层,房间号,床位数\n竹园3号楼,9,901,6\n竹园 3 号楼,5,511,6\n竹园3号楼,5,510,2\n竹园3号楼,5,509,4";
        var (_, counts) = await manager.ImportAsync(Rooms, File);
        Assert.Equal(new ImportCounts(1, 2, 1, 0), counts);
        Assert.Equal([2, 4, 6, 6], await BedsAsync(host, "510", "509", "511", "901"));
        await using var again = await manager.CheckAsync(Rooms, File);
        Assert.Equal(new ImportCounts(0, 0, 4, 0), again.Counts);
    }

    [Fact]
    public async Task A_name_is_set_kept_where_the_cell_is_empty_and_taken_back_by_undo()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (batch, counts) = await manager.ImportAsync(Rooms, "楼栋,楼层,房间号,房间名称\n竹园3号楼,9,901,晾衣房\n竹园3号楼,9,902,\n竹园3号楼,5,511,值班室");
        Assert.Equal(new ImportCounts(2, 1, 0, 0), counts);
        Assert.Equal(["值班室", "晾衣房", "902"], await NamesAsync());
        await manager.ImportAsync(Rooms, "楼栋,房间号,房间名称,床位数\n竹园3号楼,511,,5");
        Assert.Equal("值班室", (await NamesAsync())[0]);
        Assert.Equal(3, (await manager.Imports.UndoAsync(batch, Ct)).Undone);
        Assert.Equal("511", (await NamesAsync())[0]);

        Task<List<string>> NamesAsync() => host.InDatabaseAsync(db => db.Rooms.Where(r => r.Building.Name == "竹园3号楼"
            && (r.Code == "511" || r.Floor == 9)).OrderBy(r => r.Code).Select(r => r.Name).ToListAsync(Ct));
    }

    [Fact]
    public async Task Unknown_buildings_rooms_without_a_floor_and_taken_beds_are_refused()
    {
        await using var host = await TestHost.OpenAsync();
        await (await host.AsAsync(TestUsers.Administrator)).ImportAsync("people", "学号,姓名,楼栋,房间,床位\n20269951,张三,竹园3号楼,511,4");
        await using var session = await (await host.AsAsync(TestUsers.Manager))
            .CheckAsync(
                Rooms, "楼栋,楼层,房间号,床位数\n竹园99号楼,9,901,6\n竹园3号楼,,902,4\n竹园3号楼,5,511,2\n竹园3号楼,5,510,99");
        Assert.Equal(["building: Import.UnknownBuilding"], session.Wrong(2));
        Assert.Equal(["floor: Import.FloorMissing"], session.Wrong(3));
        Assert.Equal(["beds: Import.BedsTaken"], session.Wrong(4));
        Assert.Equal(["beds: Import.OutOfRange"], session.Wrong(5));
    }

    [Theory]
    [InlineData("7层", "4人间", 7, 4)]
    [InlineData("B1", "四人间", -1, 4)]
    [InlineData("地下二层", "双人间", -2, 2)]
    [InlineData("第7层", "6床", 7, 6)]
    [InlineData("7F", "4", 7, 4)]
    [InlineData("-1", "0", -1, 0)]
    public async Task Floors_and_beds_are_read_as_offices_write_them(string floor, string beds, int readFloor, int readBeds)
    {
        await using var host = await TestHost.OpenAsync();
        await (await host.AsAsync(TestUsers.Manager)).ImportAsync(Rooms, $"楼栋,楼层,房间号,床位数\n竹园3号楼,{floor},0799,{beds}");
        Assert.Equal((readFloor, readBeds), await host.InDatabaseAsync(db => db.Rooms.Where(r => r.Code == "0799")
            .Select(r => ValueTuple.Create(r.Floor, r.Beds.Count)).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_room_that_Excel_turned_into_a_day_is_refused_by_name_in_a_text_file_too()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Manager))
            .CheckAsync(
                Rooms, "楼栋,楼层,房间号,床位数\n竹园3号楼,3,3月2日,4\n竹园3号楼,3,2-Mar,4\n竹园3号楼,3,3-3,4");
        Assert.Equal(["room: Import.CodeIsDay"], session.Wrong(2));
        Assert.Equal(["room: Import.CodeIsDay"], session.Wrong(3));
        Assert.Empty(session.Wrong(4));
    }

    [Fact]
    public async Task Undo_takes_rooms_and_beds_back_unless_somebody_moved_in()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (batch, _) = await manager.ImportAsync(
            Rooms, "楼栋,楼层,房间号,床位数\n竹园3号楼,9,901,2\n竹园3号楼,9,902,2\n竹园3号楼,5,511,6");
        await (await host.AsAsync(TestUsers.Administrator)).ImportAsync("people", "学号,姓名,楼栋,房间,床位\n20269952,李四,竹园3号楼,902,1");
        var report = await manager.Imports.UndoAsync(batch, Ct);
        Assert.Equal((2, "Import.LivedIn"), (report.Undone, Assert.Single(report.Skipped).Why.Code));
        Assert.Equal([4, 2], await BedsAsync(host, "511", "902"));
        Assert.False(await host.InDatabaseAsync(db =>
            db.Rooms.AnyAsync(r => r.Code == "901" && r.Building.Name == "竹园3号楼" && r.RetiredAt == null, Ct)));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_managers_and_administrators_import_rooms(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(userName)).OpenAsync(Rooms, "楼栋,房间号\n竹园3号楼,901"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<List<int>> BedsAsync(TestHost host, params string[] rooms) => host.InDatabaseAsync(async db =>
    {
        List<int> beds = [];
        foreach (var room in rooms)
            beds.Add(await db.Beds.CountAsync(b => b.RetiredAt == null && b.Room.Code == room && b.Room.Building.Name == "竹园3号楼", Ct));
        return beds;
    });
}
