using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Imports of buildings, and the columns of rooms that tell use, area and capacity.</summary>
public sealed class BuildingsImportTests
{
    private const string Buildings = "buildings";

    private const string File = "校区编号,校区,楼栋编号,楼栋名称,英文名称,楼栋类型\nNORTH,北校区,N1,北苑1号楼,North Hall 1,宿舍\n,北校区,N2,北苑2号楼,,教学楼\n,北校区,n1,又一栋,,宿舍";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_campus_is_named_in_the_dry_run_and_created_once()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using (var session = await admin.CheckAsync(Buildings, File))
        {
            Assert.Equal(["building-campus: Import.CampusCreated"], session.Wrong(2));
            Assert.Empty(session.Wrong(3));
            Assert.Equal(["building-code: Import.SameBuildingTwice"], session.Wrong(4));
        }
        var (_, counts) = await admin.ImportAsync(Buildings, File, goodRowsOnly: true);
        Assert.Equal(new ImportCounts(2, 0, 0, 1), counts);
        var stored = await host.InDatabaseAsync(db => db.Buildings.Where(b => b.Campus.Code == "NORTH").OrderBy(b => b.Code).ToListAsync(Ct));
        Assert.Equal([("N1", "北苑1号楼", "North Hall 1", BuildingKind.Dormitory), ("N2", "北苑2号楼", "", BuildingKind.Teaching)],
            stored.Select(b => (b.Code, b.Name, b.NameEn, b.Kind)));
        await using var again = await admin.CheckAsync(Buildings, "校区,楼栋编号,楼栋名称\n北校区,N2,北苑二号楼\nnorth,N1,");
        Assert.Equal(new ImportCounts(0, 1, 1, 0), again.Counts);
    }

    [Fact]
    public async Task Undo_retires_what_was_created_and_the_same_file_brings_it_back()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (batch, _) = await admin.ImportAsync(Buildings, File, goodRowsOnly: true);
        Assert.Equal(2, (await admin.Imports.UndoAsync(batch, Ct)).Undone);
        Assert.False(await host.InDatabaseAsync(db => db.Campuses.AnyAsync(c => c.Code == "NORTH" && c.RetiredAt == null, Ct)));
        var (second, counts) = await admin.ImportAsync(Buildings, File, goodRowsOnly: true);
        Assert.Equal(new ImportCounts(2, 0, 0, 1), counts);
        Assert.Equal(2, await host.InDatabaseAsync(db => db.Buildings.CountAsync(b => b.Campus.Code == "NORTH" && b.RetiredAt == null, Ct)));

        await admin.ImportAsync("rooms", "楼栋,楼层,房间号,床位数\n北苑1号楼,1,101,4");
        var report = await admin.Imports.UndoAsync(second, Ct);
        Assert.Equal((1, "Import.HasRooms"), (report.Undone, Assert.Single(report.Skipped).Why.Code));
        Assert.True(await host.InDatabaseAsync(db => db.Campuses.AnyAsync(c => c.Code == "NORTH" && c.RetiredAt == null, Ct)));
    }

    [Fact]
    public async Task New_buildings_need_name_and_kind_and_retired_ones_are_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var service = admin.Get<PlacesService>();
        var campus = await service.CreateCampusAsync(new CampusForm { Code = "OLD", Name = "老校区" }, Ct);
        var building = await service.CreateBuildingAsync(
            new BuildingForm { CampusId = campus, Code = "O1", Name = "老楼", Kind = BuildingKind.Other }, Ct);
        await service.RetireAsync(PlaceKind.Building, building, new RetirePlaceForm { Reason = "拆除" }, Ct);
        await using (var session = await admin.CheckAsync(Buildings, "校区,楼栋编号,楼栋名称,楼栋类型\n老校区,O2,,\n老校区,O1,老楼,其他"))
        {
            Assert.Equal(["building-name: Import.NameMissing", "building-kind: Import.KindMissing"], session.Wrong(2));
            Assert.Equal(["building-code: Import.BuildingRetired"], session.Wrong(3));
        }
        await service.RetireAsync(PlaceKind.Campus, campus, new RetirePlaceForm { Reason = "搬迁" }, Ct);
        await using var retired = await admin.CheckAsync(Buildings, "校区,楼栋编号,楼栋名称,楼栋类型\n老校区,O3,新楼,其他");
        Assert.Equal(["building-campus: Import.CampusRetired"], retired.Wrong(2));
    }

    [Fact]
    public async Task Rooms_take_use_area_and_capacity_from_a_file_and_undo_gives_them_back()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        const string Rooms = "楼栋,楼层,房间号,用途,面积,可容纳人数,床位数\n竹园3号楼,9,901,实验,30.5,40,0\n竹园3号楼,5,511,,22.25,4,\n竹园3号楼,5,510,,22.255,,";
        await using (var session = await manager.CheckAsync("rooms", Rooms))
            Assert.Equal(["area: Import.AreaTooFine"], session.Wrong(4));
        var (batch, counts) = await manager.ImportAsync("rooms", Rooms, goodRowsOnly: true);
        Assert.Equal(new ImportCounts(1, 1, 0, 1), counts);
        Assert.Equal((RoomKind.Laboratory, 30.5m, 40), await FactsAsync("901"));
        Assert.Equal((RoomKind.Bedroom, 22.25m, 4), await FactsAsync("511"));
        await manager.Imports.UndoAsync(batch, Ct);
        Assert.Equal((RoomKind.Bedroom, null, null), await FactsAsync("511"));

        Task<(RoomKind, decimal?, int?)> FactsAsync(string code) => host.InDatabaseAsync(db =>
            db.Rooms.Where(r => r.Code == code && r.Building.Code == "Z3").Select(r => ValueTuple.Create(r.Kind, r.Area, r.Capacity)).SingleAsync(Ct));
    }

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_administrators_import_buildings(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(userName)).OpenAsync(Buildings, File));
    }
}
