using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Onboarding.Seasons.Parts;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The management prepares seasons, opens, closes and copies them; what students rely on stays.</summary>
public sealed class SeasonTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_season_needs_rooms_to_open_is_the_only_open_one_and_enrols_its_students()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(isMixed: true);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (seasons, queries) = (manager.Get<SeasonService>(), manager.Get<SeasonQueries>());
        var id = await seasons.AddAsync(SeasonSteps.Season(), Ct);
        Assert.Equal("OtherOpen", await RefusedAsync(() => seasons.OpenAsync(id, Ct)));

        await seasons.CloseAsync(intake.Season, Ct);
        Assert.Equal("NoRooms", await RefusedAsync(() => seasons.OpenAsync(id, Ct)));
        var group = await seasons.AddGroupAsync(id, SeasonSteps.Group(classes: Intake.ClassName), Ct);
        Assert.Equal("NoRooms", await RefusedAsync(() => seasons.OpenAsync(id, Ct)));
        var form = SeasonSteps.Group(building: intake.Building, classes: Intake.ClassName);
        form.Version = (await queries.FindAsync(id, Ct)).Groups.Single().Version;
        await seasons.SaveGroupAsync(group, form, Ct);
        await host.ExpectAsync("20269001", className: "电气2601");
        await host.ExpectAsync("20259001", grade: 2025);

        Assert.Equal(3, await seasons.OpenAsync(id, Ct));

        var view = await queries.FindAsync(id, Ct);
        Assert.Equal((SeasonState.Open, 3, 1), (view.Season.State, view.Season.Students, view.InNoGroup));
        var row = Assert.Single(view.Groups);
        Assert.Equal((3, 2, 1, 3, 8, 8), (row.Expected, row.Men, row.Women, row.Students, row.BedsForMen, row.BedsForWomen));
        Assert.Equal("IsOpen", await RefusedAsync(() => seasons.OpenAsync(id, Ct)));
        Assert.Equal("NoDraft", await RefusedAsync(() => seasons.DeleteAsync(id, Ct)));
        Assert.Equal("OtherOpen", await RefusedAsync(() => seasons.OpenAsync(intake.Season, Ct)));
    }

    [Fact]
    public async Task Closing_frees_the_beds_of_all_who_are_not_checked_in_and_then_nothing_changes_any_more()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.WithFreshmenAsync(all =>
        {
            all[0].Give(intake.Beds[0], null, TestHost.Start);
            all[1].Hold(intake.Beds[1], TestHost.Start.AddMinutes(10));
            all[2].Give(intake.Beds[2], null, TestHost.Start);
            all[2].CheckIn(1, null, TestHost.Start);
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        var seasons = manager.Get<SeasonService>();
        Assert.Equal(2, (await manager.Get<SeasonQueries>().FindAsync(intake.Season, Ct)).Season.Beds);

        Assert.Equal(2, await seasons.CloseAsync(intake.Season, Ct));

        Assert.Null((await host.FreshmanAsync("freshman1")).BedId);
        Assert.Equal((null, null), ((await host.FreshmanAsync("freshman2")).BedId, (await host.FreshmanAsync("freshman2")).HeldUntil));
        Assert.Equal(intake.Beds[2], (await host.FreshmanAsync("freshman3")).BedId);
        Assert.Equal("NotOpen", await RefusedAsync(() => seasons.CloseAsync(intake.Season, Ct)));
        foreach (var act in new Func<Task>[]
        {
            () => seasons.SaveAsync(intake.Season, SeasonSteps.Season(), Ct),
            () => seasons.AddGroupAsync(intake.Season, SeasonSteps.Group(), Ct),
            () => seasons.AddFeeAsync(intake.Season, SeasonSteps.Fee(), Ct),
            () => seasons.AddPaperAsync(intake.Season, SeasonSteps.Paper(), Ct),
            () => seasons.AddDeskTimesAsync(intake.Season, SeasonSteps.Time(), Ct),
            () => seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = 1 }, Ct),
            () => seasons.RemoveGroupAsync(intake.Group, Ct),
        })
        {
            Assert.Equal("IsClosed", await RefusedAsync(act));
        }
        Assert.Equal(0, await seasons.OpenAsync(intake.Season, Ct));
        Assert.Null((await host.FreshmanAsync("freshman1")).BedId);
    }

    [Fact]
    public async Task Two_seasons_that_are_opened_at_once_leave_one_open()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (one, other) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        await one.Get<SeasonService>().CloseAsync(intake.Season, Ct);
        var first = await one.Get<SeasonService>().CopyAsync(intake.Season, SeasonSteps.Season("甲"), Ct);
        var second = await one.Get<SeasonService>().CopyAsync(intake.Season, SeasonSteps.Season("乙"), Ct);

        var results = await Task.WhenAll(
            Record.ExceptionAsync(() => one.Get<SeasonService>().OpenAsync(first, Ct)).AsTask(),
            Record.ExceptionAsync(() => other.Get<SeasonService>().OpenAsync(second, Ct)).AsTask());

        Assert.Equal("OtherOpen", Assert.IsType<Rejected>(Assert.Single(results, r => r is not null)).Code);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.OnboardingSeasons.CountAsync(s => s.State == SeasonState.Open, Ct)));
    }

    [Fact]
    public async Task A_class_is_in_one_group_and_stays_there_while_students_of_the_group_are_in_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (seasons, queries) = (manager.Get<SeasonService>(), manager.Get<SeasonQueries>());
        await host.ExpectAsync("20269001", className: "电气2601");

        Assert.Equal((nameof(SeasonGroupForm.Classes), "ClassTaken"),
            await AtFieldAsync(() => seasons.AddGroupAsync(intake.Season, SeasonSteps.Group("电气", classes: [Intake.ClassName]), Ct)));
        Assert.Equal((nameof(SeasonGroupForm.Name), "NameTaken"),
            await AtFieldAsync(() => seasons.AddGroupAsync(intake.Season, SeasonSteps.Group("软件学院"), Ct)));
        Assert.Equal((nameof(SeasonGroupForm.Rooms), "UnknownBuilding"),
            await AtFieldAsync(() => seasons.AddGroupAsync(intake.Season, SeasonSteps.Group("电气", 999_999), Ct)));
        var added = await seasons.AddGroupAsync(intake.Season, SeasonSteps.Group("电气", intake.Building, "电气2601", " 电气2601 "), Ct);
        var view = await queries.FindAsync(intake.Season, Ct);
        Assert.Equal(["电气2601"], view.Groups.Single(g => g.Id == added).Classes);
        Assert.Equal(0, view.InNoGroup);

        var own = view.Groups.Single(g => g.Id == intake.Group);
        var form = SeasonSteps.Group("软件学院", intake.Building);
        form.Version = own.Version;
        Assert.Equal((nameof(SeasonGroupForm.Classes), "ClassHasStudents"), await AtFieldAsync(() => seasons.SaveGroupAsync(intake.Group, form, Ct)));
        Assert.Equal("GroupHasStudents", await RefusedAsync(() => seasons.RemoveGroupAsync(intake.Group, Ct)));
        await seasons.RemoveGroupAsync(added, Ct);
        Assert.Equal(1, (await queries.FindAsync(intake.Season, Ct)).InNoGroup);
    }

    [Fact]
    public async Task Whoever_changes_only_classes_or_rooms_makes_older_forms_stale_and_is_in_the_audit_log()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var form = await FormOfAsync(manager, intake);
        form.Classes.Add("软件2602");
        await manager.Get<SeasonService>().SaveGroupAsync(intake.Group, form, Ct);

        Assert.Equal("沈国栋", (await Assert.ThrowsAsync<Stale>(() => admin.Get<SeasonService>().SaveGroupAsync(intake.Group, form, Ct))).By);

        form = await FormOfAsync(admin, intake);
        form.Rooms = [new GroupRoomsForm { BuildingId = intake.Building, Floor = 1, RoomSize = 4, Gender = Gender.Female }];
        await admin.Get<SeasonService>().SaveGroupAsync(intake.Group, form, Ct);
        var fields = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(SeasonGroup)).Select(a => new { a.Field, a.New }).ToListAsync(Ct));
        Assert.Contains(fields, f => f.Field == "Classes" && f.New == "软件2601, 软件2602");
        Assert.Contains(fields, f => f.Field == "Rooms" && f.New == "XS1/1/4/Female");
        Assert.Equal((0, 8), await BedsAsync(admin, intake));
    }

    [Fact]
    public async Task Fees_stay_once_a_student_has_begun_to_pay()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 30);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (seasons, queries) = (manager.Get<SeasonService>(), manager.Get<SeasonQueries>());
        var fee = await seasons.AddFeeAsync(intake.Season, SeasonSteps.Fee(), Ct);
        await seasons.SaveFeeAsync(fee, SeasonSteps.Fee(amount: 45.5m, version: 1), Ct);
        Assert.Equal(new Money(7_550), (await queries.FindAsync(intake.Season, Ct)).FeesInAll);
        await Assert.ThrowsAsync<Stale>(() => seasons.SaveFeeAsync(fee, SeasonSteps.Fee(version: 1), Ct));
        foreach (var wrong in new[] { 0m, -1m, 1.005m, 100_000m })
            await Assert.ThrowsAsync<Rejected>(() => seasons.AddFeeAsync(intake.Season, SeasonSteps.Fee(amount: wrong), Ct));

        await host.WithFreshmenAsync(all => all[1].AskFees(new Money(7_550), "P1"));

        Assert.Equal("FeesFixed", await RefusedAsync(() => seasons.AddFeeAsync(intake.Season, SeasonSteps.Fee("另一项"), Ct)));
        Assert.Equal("FeesFixed", await RefusedAsync(() => seasons.SaveFeeAsync(fee, SeasonSteps.Fee(version: 2), Ct)));
        Assert.Equal("FeesFixed", await RefusedAsync(() => seasons.RemoveFeeAsync(fee, Ct)));
        Assert.Equal(new Money(7_550), (await queries.FindAsync(intake.Season, Ct)).FeesInAll);
    }

    [Fact]
    public async Task A_paper_that_somebody_confirmed_stays_and_a_new_one_reopens_the_step()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var seasons = (await host.AsAsync(TestUsers.Manager)).Get<SeasonService>();
        var paper = await seasons.AddPaperAsync(intake.Season, SeasonSteps.Paper(), Ct);
        await seasons.SavePaperAsync(paper, SeasonSteps.Paper("安全承诺书", version: 1), Ct);
        var (one, two) = ((await host.FreshmanAsync("freshman1")).Id, (await host.FreshmanAsync("freshman2")).Id);
        await host.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            db.PaperReceipts.AddRange(new PaperReceipt(one, paper, TestHost.Start), new PaperReceipt(two, paper, TestHost.Start));
            return Task.FromResult(0);
        }, Ct));
        await host.WithFreshmenAsync(all =>
        {
            all[0].ConfirmPapers(TestHost.Start);
            all[1].ConfirmPapers(TestHost.Start);
            all[1].Give(intake.Beds[0], null, TestHost.Start);
            all[1].CheckIn(1, null, TestHost.Start);
        });

        Assert.Equal("PaperConfirmed", await RefusedAsync(() => seasons.SavePaperAsync(paper, SeasonSteps.Paper(version: 2), Ct)));
        Assert.Equal("PaperConfirmed", await RefusedAsync(() => seasons.RemovePaperAsync(paper, Ct)));
        var another = await seasons.AddPaperAsync(intake.Season, SeasonSteps.Paper("水电须知"), Ct);
        Assert.Null((await host.FreshmanAsync("freshman1")).PapersConfirmedAt);
        Assert.NotNull((await host.FreshmanAsync("freshman2")).PapersConfirmedAt);
        await seasons.RemovePaperAsync(another, Ct);
    }

    [Fact]
    public async Task Desk_times_are_split_lie_within_the_season_and_keep_what_was_booked()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (seasons, queries) = (manager.Get<SeasonService>(), manager.Get<SeasonQueries>());
        var first = await seasons.AddDeskTimesAsync(intake.Season, SeasonSteps.Time(9, 12, minutes: 45), Ct);
        Assert.Equal(
            [new TimeOnly(9, 0), new TimeOnly(9, 45), new TimeOnly(10, 30), new TimeOnly(11, 15)],
            (await queries.FindAsync(intake.Season, Ct)).DeskTimes.Select(t => t.From));
        Assert.Equal((nameof(DeskTimeForm.From), "DeskTimeTaken"), await AtFieldAsync(() => seasons.AddDeskTimesAsync(intake.Season, SeasonSteps.Time(), Ct)));
        Assert.Equal((nameof(DeskTimeForm.Minutes), "MinutesTooMany"),
            await AtFieldAsync(() => seasons.AddDeskTimesAsync(intake.Season, SeasonSteps.Time(14, 15, minutes: 90), Ct)));
        var outside = SeasonSteps.Time(14, 15);
        outside.Day = new DateOnly(2026, 11, 28);
        Assert.Equal((nameof(DeskTimeForm.Day), "DayOutside"), await AtFieldAsync(() => seasons.AddDeskTimesAsync(intake.Season, outside, Ct)));

        await host.WithFreshmenAsync(all =>
        {
            all[0].Arrive(first);
            all[1].Arrive(first);
        });

        var booked = SeasonSteps.Time(9, 10, capacity: 1, version: 1);
        booked.Until = new TimeOnly(9, 45);
        Assert.Equal((nameof(DeskTimeForm.Capacity), "CapacityBelow"), await AtFieldAsync(() => seasons.SaveDeskTimeAsync(first, booked, Ct)));
        Assert.Equal((nameof(DeskTimeForm.From), "DeskTimeBooked"),
            await AtFieldAsync(() => seasons.SaveDeskTimeAsync(first, SeasonSteps.Time(8, 9, version: 1), Ct)));
        Assert.Equal("DeskTimeBooked", await RefusedAsync(() => seasons.RemoveDeskTimeAsync(first, Ct)));
        booked.Capacity = 2;
        await seasons.SaveDeskTimeAsync(first, booked, Ct);
        await Assert.ThrowsAsync<Stale>(() => seasons.SaveDeskTimeAsync(first, booked, Ct));
        var days = SeasonSteps.Season(version: (await queries.FindAsync(intake.Season, Ct)).Season.Version);
        days.FirstDay = days.LastDay;
        Assert.Equal((nameof(OnboardingSeasonForm.FirstDay), "DeskTimesLeftOut"), await AtFieldAsync(() => seasons.SaveAsync(intake.Season, days, Ct)));
    }

    [Fact]
    public async Task Only_goods_in_use_are_suggested_each_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (intake, shop) = (await host.IntakeAsync(), await host.ShopAsync());
        var manager = await host.AsAsync(TestUsers.Manager);
        var seasons = manager.Get<SeasonService>();

        Assert.Equal((nameof(SeasonItemForm.ItemId), "UnknownGoods"),
            await AtFieldAsync(() => seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = shop.Beef }, Ct)));
        var offered = (await manager.Get<SeasonQueries>().GoodsAsync(intake.Season, Ct)).Select(g => g.Id).ToList();
        Assert.Contains(shop.Soap, offered);
        Assert.DoesNotContain(shop.Beef, offered);
        var item = await seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = shop.Soap, Quantity = 2 }, Ct);
        Assert.Equal((nameof(SeasonItemForm.ItemId), "GoodsTaken"),
            await AtFieldAsync(() => seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = shop.Soap }, Ct)));
        Assert.DoesNotContain(await manager.Get<SeasonQueries>().GoodsAsync(intake.Season, Ct), g => g.Id == shop.Soap);
        await seasons.SaveItemAsync(item, new SeasonItemForm { Version = 1, ItemId = shop.Soap, Quantity = 3 }, Ct);
        await Assert.ThrowsAsync<Stale>(() => seasons.SaveItemAsync(item, new SeasonItemForm { Version = 1, ItemId = shop.Soap }, Ct));
        await manager.Get<ItemService>().RetireAsync(shop.Soap, Ct);
        var row = Assert.Single((await manager.Get<SeasonQueries>().FindAsync(intake.Season, Ct)).Items);
        Assert.Equal((3, true), (row.Quantity, row.IsRetired));
        await seasons.RemoveItemAsync(item, Ct);
        Assert.Equal((nameof(SeasonItemForm.ItemId), "UnknownGoods"),
            await AtFieldAsync(() => seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = shop.Soap }, Ct)));
    }

    [Fact]
    public async Task A_change_of_a_season_is_undone_and_its_grade_stays_once_there_are_students()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var (seasons, queries) = (manager.Get<SeasonService>(), manager.Get<SeasonQueries>());
        var version = (await queries.FindAsync(intake.Season, Ct)).Season.Version;
        Assert.Equal((nameof(OnboardingSeasonForm.Grade), "GradeFixed"),
            await AtFieldAsync(() => seasons.SaveAsync(intake.Season, SeasonSteps.Season(grade: 2027, version: version), Ct)));

        await seasons.SaveAsync(intake.Season, SeasonSteps.Season("2026级新生报到", version: version), Ct);
        Assert.Equal("沈国栋", (await Assert.ThrowsAsync<Stale>(
            () => admin.Get<SeasonService>().SaveAsync(intake.Season, SeasonSteps.Season(version: version), Ct))).By);

        var undo = manager.Get<SeasonsUndo>();
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal("2026级迎新", (await queries.FindAsync(intake.Season, Ct)).Season.Name.Zh);
    }

    [Fact]
    public async Task A_copy_has_everything_but_classes_and_desk_times_and_its_windows_move_with_the_first_day()
    {
        await using var host = await TestHost.OpenAsync();
        var (intake, shop) = (await host.IntakeAsync(fee: 30), await host.ShopAsync());
        var manager = await host.AsAsync(TestUsers.Manager);
        var (seasons, queries) = (manager.Get<SeasonService>(), manager.Get<SeasonQueries>());
        await seasons.AddPaperAsync(intake.Season, SeasonSteps.Paper(), Ct);
        await seasons.AddItemAsync(intake.Season, new SeasonItemForm { ItemId = shop.Soap, Quantity = 2 }, Ct);
        await seasons.AddDeskTimesAsync(intake.Season, SeasonSteps.Time(), Ct);
        var next = SeasonSteps.Season("2027级迎新", 2027);
        (next.FirstDay, next.LastDay, next.MayDefer) = (new DateOnly(2027, 8, 28), new DateOnly(2027, 8, 30), false);

        var copy = await queries.FindAsync(await seasons.CopyAsync(intake.Season, next, Ct), Ct);

        Assert.Equal((SeasonState.Draft, 2027, false, 0), (copy.Season.State, copy.Season.Grade, copy.Season.MayDefer, copy.Season.Students));
        var group = Assert.Single(copy.Groups);
        Assert.Equal(("软件学院", 0, TestHost.Start.AddHours(-1).AddDays(276)), (group.Name, group.Classes.Count, group.ChoosesFrom));
        Assert.Equal(intake.Building, Assert.Single(group.Rooms).BuildingId);
        Assert.Equal((new Money(3_000), 2), (copy.FeesInAll, Assert.Single(copy.Items).Quantity));
        Assert.Equal(("宿舍安全承诺书", 0), (Assert.Single(copy.Papers).Title.Zh, copy.DeskTimes.Count));
        await seasons.DeleteAsync(copy.Season.Id, Ct);
        await Assert.ThrowsAsync<NotFound>(() => queries.FindAsync(copy.Season.Id, Ct));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.SeasonPapers.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_list_is_searched_filtered_and_sorted_and_takes_percent_signs_literally()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var late = SeasonSteps.Season("A 100% 补录");
        (late.FirstDay, late.LastDay) = (new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 2));
        await manager.Get<SeasonService>().AddAsync(late, Ct);
        var queries = manager.Get<SeasonQueries>();

        Assert.Equal(["A 100% 补录", "2026级迎新"], await NamesAsync(new SeasonFilter()));
        Assert.Equal(["2026级迎新", "A 100% 补录"], await NamesAsync(SeasonFilter.Parse(null, null, "Name")));
        Assert.Equal(["A 100% 补录"], await NamesAsync(SeasonFilter.Parse("100%", null, null)));
        Assert.Empty(await NamesAsync(SeasonFilter.Parse("1%0", null, null)));
        Assert.Equal(["2026级迎新"], await NamesAsync(SeasonFilter.Parse(null, "Open", "nonsense", "x")));

        async Task<IEnumerable<string>> NamesAsync(SeasonFilter filter)
        {
            var window = await queries.ListAsync(filter, Ct);
            Assert.Equal(window.Total, window.Items.Count);
            return window.Items.Select(s => s.Name.Zh);
        }
    }

    [Fact]
    public async Task A_group_is_added_in_its_dialog()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.ExpectAsync("20269001", className: "电气2601");
        var manager = await host.AsAsync(TestUsers.Manager);
        var view = await manager.Get<SeasonQueries>().FindAsync(intake.Season, Ct);
        await using var page = new DialogPage(manager);

        await page.ShowAsync<GroupDialog>(d => d.Add(x => x.Season, view));
        page.Dialogs.Find("#group-name").Input("电气学院");
        page.Dialogs.Find("#group-from").Change("2026-11-23T08:00");
        page.Dialogs.Find("#group-until").Change("2026-11-23T20:00");
        page.Dialogs.Find("fieldset.classes input").Change(true);
        page.Dialogs.Find("#group-classes").Input("电气2602\n\n电气2603");
        await page.Dialogs.Find("#group-rooms").ClickAsync();
        page.Dialogs.Find("#rooms-building-1").Change(intake.Building.ToString(CultureInfo.InvariantCulture));
        page.Dialogs.Find("#rooms-floor-1").Change("1");
        await page.Dialogs.Find("form#group-form").SubmitAsync();

        var group = (await manager.Get<SeasonQueries>().FindAsync(intake.Season, Ct)).Groups.Single(g => g.Name == "电气学院");
        Assert.Equal(["电气2601", "电气2602", "电气2603"], group.Classes);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), group.ChoosesFrom);
        Assert.Equal((intake.Building, (int?)1, (int?)null), (group.Rooms.Single().BuildingId, group.Rooms.Single().Floor, group.Rooms.Single().RoomSize));
    }

    private static async Task<SeasonGroupForm> FormOfAsync(Desk desk, Intake intake)
    {
        var row = (await desk.Get<SeasonQueries>().FindAsync(intake.Season, Ct)).Groups.Single(g => g.Id == intake.Group);
        var office = desk.Get<OfficeTime>();
        return new SeasonGroupForm
        {
            Version = row.Version,
            Name = row.Name,
            ChoosesFrom = office.Local(row.ChoosesFrom).DateTime,
            ChoosesUntil = office.Local(row.ChoosesUntil).DateTime,
            Classes = [.. row.Classes],
            Rooms = [.. row.Rooms.Select(r => new GroupRoomsForm { BuildingId = r.BuildingId, Floor = r.Floor, RoomSize = r.RoomSize, Gender = r.Gender })],
        };
    }

    private static async Task<(int Men, int Women)> BedsAsync(Desk desk, Intake intake)
    {
        var row = (await desk.Get<SeasonQueries>().FindAsync(intake.Season, Ct)).Groups.Single(g => g.Id == intake.Group);
        return (row.BedsForMen, row.BedsForWomen);
    }

    private static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Code;

    private static async Task<(string Field, string Code)> AtFieldAsync(Func<Task> act)
    {
        var problem = Assert.Single((await Assert.ThrowsAsync<Rejected>(act)).Problems);
        return (problem.Field, problem.Code);
    }
}
