using System.Globalization;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>Beds that are added, renamed, retired and taken back into use one by one.</summary>
public sealed class SingleBedTests
{
    private static readonly RetirePlaceForm Broken = new() { Reason = "  床板坏了 " };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, false)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_administrators_change_single_beds(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(who)).Get<PlacesService>();
        var (room, bed) = (await BedTests.RoomAsync(host, "511"), await BedTests.BedAsync(host, "511", "2"));
        await DemandAsync(() => service.AddBedAsync(room, new BedCodeForm { BedCode = "9" }, Ct));
        await DemandAsync(async () => await service.RenameBedAsync(bed, await FormAsync(host, bed, "8"), Ct));
        await DemandAsync(() => service.RetireBedAsync(bed, Broken, Ct));
        await DemandAsync(() => service.RestoreBedAsync(bed, Ct));
        var codes = (await RoomAsync(host, room)).LivingBeds().Select(b => b.Code);
        Assert.Equal(may ? ["1", "3", "4", "8", "9"] : ["1", "2", "3", "4"], codes);

        Task DemandAsync(Func<Task> act) => may ? act() : Assert.ThrowsAsync<Forbidden>(act);
    }

    [Fact]
    public async Task A_retired_bed_says_why_when_and_who_and_whoever_lives_in_a_bed_is_named()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, person) = (await host.AsAsync(TestUsers.Administrator), await BedTests.PersonAsync(host, "张一"));
        var service = admin.Get<PlacesService>();
        var (room, bed, free) = (await BedTests.RoomAsync(host, "511"), await BedTests.BedAsync(host, "511", "2"), await BedTests.BedAsync(host, "511", "3"));
        await admin.Get<BedService>().AssignAsync(bed, new BedForm { PersonId = person }, Ct);

        var taken = await Assert.ThrowsAsync<Rejected>(() => service.RetireBedAsync(bed, Broken, Ct));
        Assert.Equal(("BedsTaken", "2 张一"), (taken.Code, (string?)taken.Args[0]));
        Assert.Equal(nameof(RetirePlaceForm.Reason), await FieldAsync(() => service.RetireBedAsync(free, new RetirePlaceForm { Reason = " " }, Ct)));
        await service.RetireBedAsync(free, Broken, Ct);
        Assert.Equal("BedAlreadyRetired", await CodeAsync(() => service.RetireBedAsync(free, Broken, Ct)));

        var view = await (await host.AsAsync(TestUsers.Dispatcher)).Get<BedQueries>().RoomAsync(room, Ct);
        Assert.Equal(new RetiredBed(free, "3", TestHost.Start, "郑海涛", "床板坏了"), Assert.Single(view.Retired));
        Assert.Equal(["1", "2", "4"], view.Beds.Select(b => b.Code));
        Assert.Contains(await AuditAsync(admin), r => r is { Field: nameof(Bed.RetiredBecause), New: "床板坏了", Actor: "郑海涛" });
        await Assert.ThrowsAsync<NotFound>(() => service.RetireBedAsync(999_999, Broken, Ct));
    }

    [Fact]
    public async Task A_renamed_bed_keeps_its_resident_and_codes_in_use_are_refused_at_the_field()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, person) = (await host.AsAsync(TestUsers.Administrator), await BedTests.PersonAsync(host, "张一"));
        var service = admin.Get<PlacesService>();
        var (room, bed) = (await BedTests.RoomAsync(host, "511"), await BedTests.BedAsync(host, "511", "2"));
        await admin.Get<BedService>().AssignAsync(bed, new BedForm { PersonId = person }, Ct);
        var (first, second) = (await FormAsync(host, bed, "A2"), await FormAsync(host, bed, "B2"));
        await service.RenameBedAsync(bed, first, Ct);
        Assert.Equal(bed, await BedTests.BedOfAsync(host, person));
        Assert.Equal("郑海涛", (await Assert.ThrowsAsync<Stale>(() => service.RenameBedAsync(bed, second, Ct))).By);
        Assert.Equal(nameof(BedCodeForm.BedCode), await FieldAsync(async () => await service.RenameBedAsync(bed, await FormAsync(host, bed, " 3 "), Ct)));
        Assert.Equal(nameof(BedCodeForm.BedCode), await FieldAsync(() => service.AddBedAsync(room, new BedCodeForm { BedCode = "a2" }, Ct)));
        Assert.Equal(nameof(BedCodeForm.BedCode), await FieldAsync(() => service.AddBedAsync(room, new BedCodeForm { BedCode = "\u200B" }, Ct)));
        Assert.Equal(
            nameof(BedCodeForm.BedCode), await FieldAsync(() => service.AddBedAsync(room, new BedCodeForm { BedCode = new string('9', 21) }, Ct)));
    }

    [Fact]
    public async Task A_bed_comes_back_unless_its_code_or_the_space_is_taken_or_the_room_has_retired()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<PlacesService>();
        var (room, bed) = (await BedTests.RoomAsync(host, "511"), await BedTests.BedAsync(host, "511", "2"));
        Assert.Equal("BedNotRetired", await CodeAsync(() => service.RestoreBedAsync(bed, Ct)));
        await service.RetireBedAsync(bed, Broken, Ct);
        await service.AddBedAsync(room, new BedCodeForm { BedCode = "2" }, Ct);
        Assert.Equal("BedCodeInUse", await CodeAsync(() => service.RestoreBedAsync(bed, Ct)));
        var added = await BedIdAsync("2");
        await service.RenameBedAsync(added, await FormAsync(host, added, "5"), Ct);
        await service.RestoreBedAsync(bed, Ct);
        Assert.Equal(["1", "2", "3", "4", "5"], (await RoomAsync(host, room)).LivingBeds().Select(b => b.Code));

        await service.RetireBedAsync(bed, Broken, Ct);
        for (var n = 6; n <= PlacesLimits.Beds + 1; n++) await service.AddBedAsync(room, new BedCodeForm { BedCode = $"{n}" }, Ct);
        Assert.Equal("TooManyBeds", await CodeAsync(() => service.AddBedAsync(room, new BedCodeForm { BedCode = "99" }, Ct)));
        Assert.Equal("TooManyBeds", await CodeAsync(() => service.RestoreBedAsync(bed, Ct)));
        await service.RetireAsync(PlaceKind.Room, room, Broken, Ct);
        Assert.Equal("AlreadyRetired", await CodeAsync(() => service.RestoreBedAsync(bed, Ct)));
        Assert.Equal("AlreadyRetired", await CodeAsync(() => service.AddBedAsync(room, new BedCodeForm { BedCode = "99" }, Ct)));

        Task<long> BedIdAsync(string code) =>
            host.InDatabaseAsync(db => db.Beds.Where(b => b.RoomId == room && b.Code == code && b.RetiredAt == null).Select(b => b.Id).SingleAsync(Ct));
    }

    [Fact]
    public async Task Undo_takes_each_act_on_a_bed_back()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (service, undo) = (admin.Get<PlacesService>(), admin.Get<PlacesUndo>());
        var (room, bed) = (await BedTests.RoomAsync(host, "511"), await BedTests.BedAsync(host, "511", "2"));

        await service.AddBedAsync(room, new BedCodeForm { BedCode = "9" }, Ct);
        Assert.Equal(["1", "2", "3", "4"], await AfterUndoAsync());
        Assert.Equal(RetireReasons.Undone, (await RoomAsync(host, room)).Beds.Single(b => b.Code == "9").RetiredBecause);
        await service.RenameBedAsync(bed, await FormAsync(host, bed, "8"), Ct);
        Assert.Equal(["1", "2", "3", "4"], await AfterUndoAsync());
        await service.RetireBedAsync(bed, Broken, Ct);
        Assert.Equal(["1", "2", "3", "4"], await AfterUndoAsync());
        await service.RetireBedAsync(bed, Broken, Ct);
        await service.RestoreBedAsync(bed, Ct);
        Assert.Equal(["1", "3", "4"], await AfterUndoAsync());
        Assert.Equal("床板坏了", (await RoomAsync(host, room)).Beds.Single(b => b.Id == bed).RetiredBecause);

        async Task<IEnumerable<string>> AfterUndoAsync()
        {
            var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);
            Assert.Equal((1, 0), (outcome.Done, outcome.Left.Count));
            return (await RoomAsync(host, room)).LivingBeds().Select(b => b.Code);
        }
    }

    [Fact]
    public async Task An_import_that_lowers_the_number_of_beds_stores_why_as_a_code_that_is_shown_in_words()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync("rooms", "楼栋,房间,床位数\n竹园3号楼,511,3");
        var view = await admin.Get<BedQueries>().RoomAsync(await BedTests.RoomAsync(host, "511"), Ct);
        var retired = Assert.Single(view.Retired);
        Assert.Equal(("4", RetireReasons.RoomsImport, "郑海涛"), (retired.Code, retired.Because, retired.By));
        Assert.Equal("房间导入", RetireReasons.Words(retired.Because));
        var row = (await AuditAsync(admin)).First(r => r.Field == nameof(Bed.RetiredBecause));
        Assert.Equal("房间导入", admin.Get<AuditDisplay>().Value(row, row.New));
    }

    private static async Task<BedCodeForm> FormAsync(TestHost host, long bed, string code) => new()
    {
        Version = await host.InDatabaseAsync(db => db.Beds.Where(b => b.Id == bed).Select(b => b.Version).SingleAsync(Ct)),
        BedCode = code,
    };

    private static async Task<List<AuditRow>> AuditAsync(Desk admin) =>
        await admin.Get<AuditService>().AllAsync(new AuditFilter { Entity = nameof(Bed) }, Ct).ToListAsync(Ct);

    private static Task<Room> RoomAsync(TestHost host, long id) =>
        host.InDatabaseAsync(db => db.Rooms.AsNoTracking().Include(r => r.Beds).SingleAsync(r => r.Id == id, Ct));

    private static async Task<string> CodeAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Code;

    private static async Task<string?> FieldAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Problems[0].Field;
}
