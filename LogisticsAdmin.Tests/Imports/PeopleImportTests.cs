using System.Globalization;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.People.Import;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Imports of people, and their undo.</summary>
public sealed class PeopleImportTests
{
    private const string People = "people";

    private const string Freshmen = """
        学号,姓名,性别,角色,状态,班级,年级,手机号,楼栋,房间,床位
        20269901,张三,男,住户,未报到,物理2601,2026,138-0000-0001,竹园3号楼,512,1
        20269902,李四,女,住户,未报到,物理2601,2026,13800000002,竹园3号楼,512,2
        """;

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await admin.CheckAsync(People, Freshmen);
        Assert.Equal(new ImportCounts(2, 0, 0, 0), session.Counts);
        Assert.Null(await FindAsync(host, "20269901"));
        Assert.Empty(await admin.Imports.BatchesAsync(ct: Ct));
    }

    [Fact]
    public async Task New_people_come_with_roles_class_room_bed_and_their_history()
    {
        await using var host = await TestHost.OpenAsync();
        var (batch, counts) = await (await host.AsAsync(TestUsers.Administrator)).ImportAsync(People, Freshmen);
        Assert.Equal(2, counts.New);
        var person = await FindAsync(host, "20269901");
        Assert.Equal(("张三", PersonStatus.Expected, "物理2601", 2026, "13800000001", Gender.Male),
            (person!.FullName, person.Status, person.ClassName, person.Grade, person.PhoneNumber, person.Gender));
        Assert.Equal(("zhang san", "zs"), (person.Pinyin, person.Initials));
        Assert.Null(person.PasswordHash);
        await host.InDatabaseAsync(async db =>
        {
            Assert.Equal([(long)Role.Resident], await db.UserRoles.Where(r => r.UserId == person.Id).Select(r => r.RoleId).ToListAsync(Ct));
            var home = await db.Occupancies.SingleAsync(o => o.PersonId == person.Id, Ct);
            Assert.Equal((person.RoomId!.Value, person.BedId, (DateTimeOffset?)null), (home.RoomId, home.BedId, home.Until));
            Assert.Equal("20269901", (await db.Set<SignInName>().SingleAsync(n => n.PersonId == person.Id, Ct)).Name);
            Assert.Equal(batch.ToString(CultureInfo.InvariantCulture),
                (await db.Audit.SingleAsync(a => a.EntityId == person.Id && a.Entity == nameof(Person), Ct)).New);
            return 0;
        });
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing_the_second_time()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        await using var again = await admin.CheckAsync(People, Freshmen);
        Assert.Equal(new ImportCounts(0, 0, 2, 0), again.Counts);
        Assert.Equal("NothingToDo", (await Assert.ThrowsAsync<Rejected>(() => admin.Imports.CommitAsync(again, false, ct: Ct))).Code);
    }

    [Fact]
    public async Task A_changed_row_shows_old_and_new_and_an_empty_cell_leaves_what_is_stored()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        const string Changes = """
            学号,姓名,班级,手机号
            20269901,,物理2602,
            """;
        await using var session = await admin.CheckAsync(People, Changes);
        Assert.Equal([new FieldChange("class", "物理2601", "物理2602")], session.At(2).Changes);
        await admin.Imports.CommitAsync(session, false, ct: Ct);
        var person = await FindAsync(host, "20269901");
        Assert.Equal(("张三", "物理2602", "13800000001"), (person!.FullName, person.ClassName, person.PhoneNumber));
        Assert.True(await host.InDatabaseAsync(db => db.Audit.AnyAsync(a => a.EntityId == person.Id && a.Field == "ClassName" && a.Old == "物理2601"
            && a.New == "物理2602" && a.ActorId == admin.PersonId, Ct)));
    }

    [Fact]
    public async Task Every_reason_of_a_bad_row_is_told_at_once_with_its_row()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(People, """
            2026级新生名单
            学号,姓名,性别,邮箱,楼栋,房间,床位,角色,班组
            20269911,王五,男,wang@example.edu.cn,竹园3号楼,512,3,住户,
            1.10101E+17,,甲,nonsense,竹园9号楼,512,9,维修员,
            20269911,赵六,男,wang@example.edu.cn,竹园3号楼,9999,,住户,
            """);
        Assert.Empty(session.Wrong(3));
        Assert.Equal(ImportOutcome.New, session.At(3).Outcome);
        Assert.Equal(["building: Import.UnknownBuilding", "crew: Import.CrewMissing", "email: Import.EmailPattern", "gender: Import.ChoiceUnknown",
            "name: Import.NameMissing", "number: Import.DigitsLost"], session.Wrong(4).Order());
        Assert.Equal(["email: Import.SameEmailTwice", "number: Import.SameNumberTwice", "room: Import.UnknownRoom"], session.Wrong(5).Order());
        Assert.Equal(new ImportCounts(1, 0, 0, 2), session.Counts);
    }

    [Fact]
    public async Task One_bad_row_among_fifty_thousand_is_named()
    {
        const int People = 50_000, Bad = 31_417;
        await using var host = await TestHost.OpenAsync();
        var rows = Enumerable.Range(2, People).Select(row => row == Bad ? "1.10101E+17,张三"
            : string.Create(CultureInfo.InvariantCulture, $"99{row:D6},学生{row}"));
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(
            PeopleImportTests.People, "学号,姓名\n" + string.Join('\n', rows));
        Assert.Equal(new ImportCounts(People - 1, 0, 0, 1), session.Counts);
        Assert.Equal(["number: Import.DigitsLost"], session.Wrong(Bad));
    }

    [Fact]
    public async Task A_row_with_more_cells_than_the_header_is_refused_instead_of_shifted()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(People, """
            2026级新生名单,,,,
            学号,姓名,学院,专业,班级
            20269921,李明,计算机学院,软件工程,软工2601
            20269922,赵敏,土木,水利学院,水利工程,水工2601
            20269923,孙丽,土木,水利学院,水利工程,
            20269924,周杰, "土木,水利学院",水利工程
            20269925,吴刚,"土木,水利学院",水利工程,水工2601
            20269926,郑爽,计算机学院
            """);
        Assert.Equal([ImportOutcome.New, ImportOutcome.Rejected, ImportOutcome.Rejected, ImportOutcome.Rejected, ImportOutcome.New, ImportOutcome.New],
            session.Verdicts!.Select(v => v.Outcome));
        Assert.Equal([": Import.Shifted"], session.Wrong(4));
        Assert.All(new[] { 5, 6 }, row => Assert.Equal([": Import.Shifted"], session.Wrong(row)));
    }

    [Theory]
    [InlineData("男性", "2021级", Gender.Male, 2021)]
    [InlineData("2", "2021年", Gender.Female, 2021)]
    [InlineData("1", "２０２１ 级", Gender.Male, 2021)]
    public async Task Grades_and_genders_are_read_as_offices_write_them(string gender, string grade, Gender read, int year)
    {
        await using var host = await TestHost.OpenAsync();
        await (await host.AsAsync(TestUsers.Administrator)).ImportAsync(People, $"学号,姓名,性别,年级\n20269931,李明,{gender},{grade}");
        var person = await FindAsync(host, "20269931");
        Assert.Equal((read, year), (person!.Gender, person.Grade));
    }

    [Fact]
    public async Task A_year_of_graduation_is_no_grade()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(People, "学号,姓名,年级\n20269931,李明,2021届");
        Assert.Equal(["grade: Import.NumberUnreadable"], session.Wrong(2));
    }

    [Fact]
    public async Task Rows_with_only_a_number_sums_and_signatures_are_left_out_and_named_instead_of_refused()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(People, """
            序号,学号,姓名,性别
            1,20269941,李明,男
            2,,,
            合计：1人,,,
            ,总计,1,
            填表人：王老师,,审核人：,日期：2026年9月1日
            3,20269942,,男
            备注：学号为空,,李四,男
            """);
        Assert.Equal([3, 4, 5, 6, 8], session.IgnoredRows);
        Assert.Equal(new ImportCounts(1, 0, 0, 1), session.Counts);
        Assert.Equal(["name: Import.NameMissing"], session.Wrong(7));
    }

    [Fact]
    public async Task The_list_is_found_behind_a_sheet_of_instructions()
    {
        await using var host = await TestHost.OpenAsync();
        using var book = new ClosedXML.Excel.XLWorkbook();
        book.AddWorksheet("填写说明").Cell(1, 1).SetValue("请在第二张表填写姓名和学号");
        var list = book.AddWorksheet("名单");
        foreach (var (i, text) in new[] { "学号", "姓名", "20269943", "李明" }.Index()) list.Cell(1 + i / 2, 1 + i % 2).SetValue(text);
        using var file = new MemoryStream();
        book.SaveAs(file);
        file.Position = 0;
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await admin.Imports.OpenAsync(People, "新生.xlsx", file, Ct);
        Assert.Equal(("名单", true), (session.Sheet.Name, session.IsComplete));

        await using var unknown = new MemoryStream();
        list.Delete();
        book.AddWorksheet("其他").Cell(1, 1).SetValue("无");
        book.SaveAs(unknown);
        unknown.Position = 0;
        await using var first = await admin.Imports.OpenAsync(People, "其他.xlsx", unknown, Ct);
        Assert.Equal("填写说明", first.Sheet.Name);
    }

    [Fact]
    public async Task Dots_in_names_of_minorities_are_one_dot_however_they_are_typed()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, """
            学号,姓名
            20269951,阿卜杜拉·买买提
            20269952,阿依古丽•艾合买提
            20269953,次仁‧卓玛
            20269954,努尔・阿里
            20269955,巴特尔 ･ 宝音
            """);
        Assert.Equal("阿依古丽·艾合买提", (await FindAsync(host, "20269952"))!.FullName);
        Assert.Equal("巴特尔·宝音", (await FindAsync(host, "20269955"))!.FullName);
        await using var again = await admin.CheckAsync(People, """
            学号,姓名
            20269951,阿卜杜拉•买买提
            20269952,阿依古丽·艾合买提
            20269953,次仁・卓玛
            20269954,努尔‧阿里
            """);
        Assert.Equal(new ImportCounts(0, 0, 4, 0), again.Counts);
    }

    [Fact]
    public async Task A_batch_is_all_or_nothing_unless_the_good_rows_alone_are_asked_for()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await admin.CheckAsync(People, Freshmen + "\n,无学号,男,住户,在册,物理2601,2026,,,,");
        Assert.Equal("HasRejected", (await Assert.ThrowsAsync<Rejected>(() => admin.Imports.CommitAsync(session, false, ct: Ct))).Code);
        Assert.Null(await FindAsync(host, "20269901"));
        await admin.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        Assert.NotNull(await FindAsync(host, "20269902"));
        var batch = Assert.Single(await admin.Imports.BatchesAsync(ct: Ct));
        Assert.Equal((3, new ImportCounts(2, 0, 0, 1), "名单.csv"), (batch.Counts.Read, batch.Counts, batch.FileName));
    }

    [Fact]
    public async Task Batches_are_found_by_kind_file_and_person()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        var me = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == admin.PersonId).Select(p => p.FullName).SingleAsync(Ct));

        foreach (var (filter, found) in new (BatchFilter, int)[]
        {
            (new(), 1), (new(People), 1), (new("calendar"), 0), (new(Text: " 名单 "), 1), (new(Text: me), 1), (new(People, "名单"), 1),
            (new(Text: "别的"), 0),
            (new(Text: "%"), 0),
        })
        {
            Assert.Equal(found, (await admin.Imports.BatchesAsync(filter, ct: Ct)).Count);
        }
        Assert.Empty(await (await host.AsAsync(TestUsers.Manager)).Imports.BatchesAsync(new BatchFilter(People), ct: Ct));
    }

    [Fact]
    public async Task An_e_mail_that_nobody_confirmed_stays_so_through_a_file_and_its_undo_and_is_free_for_its_owner()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        await host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.Number == "20269901", Ct);
            person.SetOwnContact(person.PhoneNumber, "lisi@example.edu.cn");
            return await db.SaveChangesAsync(Ct);
        });
        await using (var same = await admin.CheckAsync(People, "学号,邮箱\n20269901,lisi@example.edu.cn"))
            Assert.Equal(new ImportCounts(0, 0, 1, 0), same.Counts);

        var (batch, counts) = await admin.ImportAsync(
            People, "学号,姓名,邮箱\n20269901,张三丰,lisi@example.edu.cn\n20269902,李四,lisi@example.edu.cn");
        Assert.Equal(new ImportCounts(0, 2, 0, 0), counts);
        Assert.Equal(("lisi@example.edu.cn", false), await EmailAsync(host, "20269901"));
        Assert.Equal(("lisi@example.edu.cn", true), await EmailAsync(host, "20269902"));
        Assert.Equal("20269902", await HolderAsync(host));

        await admin.Imports.UndoAsync(batch, Ct);
        Assert.Equal(("lisi@example.edu.cn", false), await EmailAsync(host, "20269901"));
        Assert.Equal((null, false), await EmailAsync(host, "20269902"));
        Assert.Null(await HolderAsync(host));

        static Task<(string? Email, bool IsConfirmed)> EmailAsync(TestHost host, string number) => host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.AsNoTracking().SingleAsync(p => p.Number == number, Ct);
            return (person.Email, person.EmailConfirmed);
        });

        static Task<string?> HolderAsync(TestHost host) => host.InDatabaseAsync(db => db.Set<SignInName>().Where(n => n.Name == "LISI@EXAMPLE.EDU.CN")
            .Join(db.Users, n => n.PersonId, p => p.Id, (_, p) => p.Number).SingleOrDefaultAsync(Ct));
    }

    [Fact]
    public async Task A_deleted_number_is_offered_as_restore_not_as_a_duplicate()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        var id = (await FindAsync(host, "20269901"))!.Id;
        await host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.Id == id, Ct);
            await Housing.MoveAsync(db, person, null, null, host.Clock.GetUtcNow(), Ct);
            person.Retire(host.Clock.GetUtcNow(), null, "退学");
            return await db.SaveChangesAsync(Ct);
        });

        await using (var refused = await admin.CheckAsync(People, Freshmen)) Assert.Equal(["number: Import.WasDeleted"], refused.Wrong(2));
        var (_, counts) = await admin.ImportAsync(People, Freshmen, options: PeopleImport.Restore);
        Assert.Equal(new ImportCounts(0, 1, 1, 0), counts);
        var restored = await FindAsync(host, "20269901");
        Assert.Equal((id, null, true), (restored!.Id, restored.RetiredAt, restored.BedId is not null));
        Assert.True(await host.InDatabaseAsync(db => db.Set<SignInName>().AnyAsync(n => n.Name == "20269901" && n.PersonId == id, Ct)));
    }

    [Fact]
    public async Task Two_people_change_beds_in_one_file_and_a_taken_bed_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        await using (var taken = await admin.CheckAsync(People, "学号,姓名,楼栋,房间,床位\n20269903,王五,竹园3号楼,512,1"))
            Assert.Equal(["bed: Import.BedTaken"], taken.Wrong(2));

        await admin.ImportAsync(People, "学号,楼栋,房间,床位\n20269901,竹园3号楼,512,2\n20269902,竹园3号楼,512,1");
        await host.InDatabaseAsync(async db =>
        {
            var beds = await db.Users.Where(p => p.Number == "20269901" || p.Number == "20269902").OrderBy(p => p.Number)
                .Select(p => db.Set<Bed>().Single(b => b.Id == p.BedId).Code).ToListAsync(Ct);
            Assert.Equal(["2", "1"], beds);
            Assert.Equal(2, await db.Occupancies.CountAsync(o => o.BedId != null && o.Until != null, Ct));
            return 0;
        });
    }

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_administrators_import_people_so_nobody_raises_roles_through_a_file(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(userName);
        await Assert.ThrowsAsync<NotFound>(() => desk.OpenAsync(People, Freshmen));
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(People, Freshmen);
        await Assert.ThrowsAsync<Forbidden>(() => desk.Imports.CommitAsync(session, false, ct: Ct));
        Assert.Empty(await desk.Imports.BatchesAsync(ct: Ct));
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role_whatever_the_file_says()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var numbers = await host.InDatabaseAsync(db => db.Users.Where(p => db.UserRoles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Administrator))
            .Select(p => p.Number!).ToListAsync(Ct));
        await using var session = await admin.CheckAsync(People, "工号,角色\n" + string.Join('\n', numbers.Select(n => $"{n},住户")));
        Assert.Equal(["roles: Import.LastAdministrator"], session.Wrong(1 + numbers.Count));
        Assert.Equal(new ImportCounts(0, numbers.Count - 1, 0, 1), session.Counts);
    }

    [Fact]
    public async Task Undo_takes_a_batch_back_days_later_and_leaves_alone_what_was_touched_since()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.ImportAsync(People, Freshmen);
        var (batch, _) = await admin.ImportAsync(People, "学号,姓名,班级\n20269901,,化学2601\n20269902,,化学2601\n20269903,王五,化学2601");
        host.Clock.Advance(TimeSpan.FromDays(5));
        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.Number == "20269902", Ct)).SetDarkMode(darkMode: true);
            return await db.SaveChangesAsync(Ct);
        });

        var report = await admin.Imports.UndoAsync(batch, Ct);
        Assert.Equal(2, report.Undone);
        Assert.Equal((3, "Import.TouchedSince"), (report.Skipped.Single().Row, report.Skipped.Single().Why.Code));
        Assert.Equal("物理2601", (await FindAsync(host, "20269901"))!.ClassName);
        Assert.Equal("化学2601", (await FindAsync(host, "20269902"))!.ClassName);
        Assert.NotNull((await FindAsync(host, "20269903"))!.RetiredAt);
        Assert.Equal("AlreadyUndone", (await Assert.ThrowsAsync<Rejected>(() => admin.Imports.UndoAsync(batch, Ct))).Code);
    }

    [Fact]
    public async Task Two_imports_at_once_do_not_mix_the_second_is_told_that_things_changed()
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Administrator));
        await using var first = await one.CheckAsync(People, Freshmen);
        await using var second = await other.CheckAsync(People, Freshmen);
        var ended = await Task.WhenAll(Ending(one.Imports.CommitAsync(first, false, ct: Ct)), Ending(other.Imports.CommitAsync(second, false, ct: Ct)));
        Assert.Equal(["ChangedMeanwhile", "done"], ended.Order());
        Assert.Equal(2, await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.Number!.StartsWith("202699"), Ct)));

        static async Task<string> Ending(Task<long> commit)
        {
            try
            {
                await commit;
                return "done";
            }
            catch (Rejected refused)
            {
                return refused.Code;
            }
        }
    }

    [Fact]
    public async Task The_same_check_is_committed_once_however_often_it_is_asked_for()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await admin.CheckAsync(People, Freshmen);
        await admin.Imports.CommitAsync(session, false, ct: Ct);
        Assert.Equal("ChangedMeanwhile", (await Assert.ThrowsAsync<Rejected>(() => admin.Imports.CommitAsync(session, false, ct: Ct))).Code);
        Assert.Single(await admin.Imports.BatchesAsync(ct: Ct));
    }

    [Fact]
    public async Task A_file_that_disables_somebody_or_takes_a_role_ends_their_open_session()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, dispatcher, manager) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Dispatcher),
            await host.AsAsync(TestUsers.Manager));
        await using var before = await manager.CheckAsync("rooms", "楼栋,楼层,房间号\n竹园3号楼,9,901");
        var numbers = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == dispatcher.PersonId || p.Id == manager.PersonId)
            .ToDictionaryAsync(p => p.Id, p => p.Number, Ct));
        await admin.ImportAsync(People, $"工号,状态,角色\n{numbers[dispatcher.PersonId]},停用,\n{numbers[manager.PersonId]},,师生");
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.Lists.CountsAsync(new(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => manager.Imports.CommitAsync(before, false, ct: Ct));
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Robert'); DROP TABLE People;--")]
    public async Task Hostile_text_is_a_name_like_any_other(string name)
    {
        await using var host = await TestHost.OpenAsync();
        await (await host.AsAsync(TestUsers.Administrator)).ImportAsync(People, $"学号,姓名\n20269961,\"{name}\"");
        Assert.Equal(name, (await FindAsync(host, "20269961"))!.FullName);
    }

    [Fact]
    public async Task A_cancelled_commit_leaves_nothing_behind()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var many = string.Join('\n', Enumerable.Range(0, 500).Select(n => $"2026{n:D5},学生{n}"));
        await using var session = await admin.CheckAsync(People, "学号,姓名\n" + many);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admin.Imports.CommitAsync(session, false, done =>
        {
            if (done == 300) stop.Cancel();
        }, stop.Token));
        Assert.Null(await FindAsync(host, "202600001"));
        Assert.Empty(await admin.Imports.BatchesAsync(ct: Ct));
        await admin.Imports.CommitAsync(session, false, ct: Ct);
        Assert.NotNull(await FindAsync(host, "202600001"));
    }

    [Fact]
    public async Task A_chosen_mapping_is_remembered_for_files_with_the_same_headers()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        const string Odd = "学号,姓名,备注栏\n20269921,周一,物理2601";
        await using (var session = await admin.OpenAsync(People, Odd))
        {
            Assert.False(session.Header.Columns.ContainsKey("class"));
            session.MapColumn("class", 2);
            await admin.Imports.CheckAsync(session, ct: Ct);
            await admin.Imports.CommitAsync(session, false, ct: Ct);
        }
        await using var next = await admin.OpenAsync(People, Odd.Replace("20269921", "20269922"));
        Assert.Equal(2, next.Header.Columns["class"]);
    }

    [Fact]
    public async Task The_error_workbook_is_mended_and_dropped_again()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await admin.CheckAsync(
            People, "学号,姓名,楼栋,房间\n20269931,吴一,竹园3号楼,512\n20269932,郑二,竹园33号楼,512");
        using var file = new MemoryStream();
        await admin.Imports.WriteReasonsAsync(session, file, onlyRejected: false, Ct);
        file.Position = 0;
        await using var again = await admin.Imports.OpenAsync(People, "错误.xlsx", file, Ct);
        await admin.Imports.CheckAsync(again, ct: Ct);
        Assert.Equal(session.Counts, again.Counts);
        Assert.Contains("竹园33号楼", again.Table.Rows[2][4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_number_is_found_by_the_user_name_and_nobody_new_comes_in_that_way()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(db =>
        {
            db.Users.Add(new Person("front.desk", "前台"));
            return db.SaveChangesAsync(Ct);
        });
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await admin.CheckAsync("people", """
            用户名,学号,姓名,班级
            front.desk,,前台,一班
            nobody.here,,新人,
            ,,无名,
            FRONT.DESK,,前台,
            """);
        Assert.Equal([ImportOutcome.Changed, ImportOutcome.Rejected, ImportOutcome.Rejected, ImportOutcome.Rejected], session.Verdicts!.Select(v => v.Outcome));
        Assert.Equal(["user-name: Import.UnknownUserName"], session.Wrong(3));
        Assert.Equal(["number: Import.Required"], session.Wrong(4));
        Assert.Equal(["number: Import.SameNumberTwice"], session.Wrong(5));
        var batch = await admin.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        Assert.Equal("一班", await host.InDatabaseAsync(db => db.Users.Where(p => p.UserName == "front.desk").Select(p => p.ClassName).SingleAsync(Ct)));
        Assert.Equal(1, (await admin.Imports.UndoAsync(batch, Ct)).Undone);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Person?> FindAsync(TestHost host, string number) =>
        host.InDatabaseAsync(db => db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.Number == number, Ct));
}
