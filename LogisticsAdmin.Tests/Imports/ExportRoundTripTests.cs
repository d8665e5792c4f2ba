using System.Globalization;
using System.Text.RegularExpressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Orders;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>
/// What the product exports comes back through its own imports without a change, whatever the values are. Each case is repeatable by its seed.
/// </summary>
public sealed class ExportRoundTripTests
{
    private const int Count = 60;

    /// <summary>Every export, with the kind of import that reads it; null where there is none.</summary>
    private static readonly Dictionary<string, string?> Exports = new()
    {
        ["people"] = "people",
        ["calendar"] = "calendar",
        ["repairs"] = "tickets",
        ["absences"] = null,
        ["audit"] = null,
        ["beds"] = "beds",
        ["buildings"] = "buildings",
        ["crew-leads"] = null,
        ["dishes"] = "dishes",
        ["duty"] = null,
        ["escalation-steps"] = null,
        ["fee-accounts"] = null,
        ["fee-arrears"] = null,
        ["fee-cut-offs"] = null,
        ["fee-statement"] = null,
        ["fee-reconciliation"] = null,
        ["fee-bills"] = null,
        ["fee-groups"] = null,
        ["fee-kinds"] = null,
        ["fee-move-outs"] = null,
        ["goods"] = "goods",
        ["imports"] = null,
        ["import-rows"] = null,
        ["leavers"] = null,
        ["leaving-rounds"] = null,
        ["messages"] = null,
        ["meter-readings"] = "meter-readings",
        ["meters"] = "meters",
        ["news"] = null,
        ["news-audience"] = null,
        ["news-audiences"] = null,
        ["news-columns"] = null,
        ["news-publishers"] = null,
        ["news-readers"] = null,
        ["news-templates"] = null,
        ["office-hours"] = null,
        ["onboarding-groups"] = null,
        ["onboarding-seasons"] = null,
        ["onboarding-students"] = null,
        ["onboarding-buildings"] = null,
        ["onboarding-classes"] = null,
        ["onboarding-fill"] = null,
        ["onboarding-fills"] = null,
        ["onboarding-people"] = null,
        ["orders"] = null,
        ["parts"] = null,
        ["stock-movements"] = null,
        ["fee-rates"] = null,
        ["replies"] = null,
        ["report-figure"] = null,
        ["report-targets"] = null,
        ["room-changes"] = null,
        ["room-keys"] = null,
        ["rooms"] = "rooms",
        ["service-levels"] = null,
        ["settings-categories"] = null,
        ["settings-crews"] = null,
        ["settings-mail"] = null,
        ["settings-robots"] = null,
        ["settings-visit-slots"] = null,
        ["voice-cases"] = null,
    };

    private static readonly string[] Pieces =
    [
        "=", "-", "+", "@", "＝", "0", "007", "·", "楼", "㐀", "𠮷", "é", "\"", "'", "’", ",", "，", ";", "\t", "\n", "\r\n", " ", "（", ")",
        "_x0041_", "<b>&amp;", "1.0", "1E5", "2026", "😀", "Ａ", "%", "#", "$", "\\", "/", "|", "\u200B", "sep=", "长长长长长长长长长长",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, ExportFormat, int> Cases
    {
        get
        {
            TheoryData<string, ExportFormat, int> cases = [];
            foreach (var language in Languages.All)
            {
                foreach (var format in Enum.GetValues<ExportFormat>())
                {
                    foreach (var seed in new[] { 1, 2 }) cases.Add(language, format, seed);
                }
            }
            return cases;
        }
    }

    [Fact]
    public void Every_export_is_known_here_with_the_import_that_reads_it()
    {
        var lists = SourceTree.App(".cs").Values
            .SelectMany(code => Regex.Matches(code, "MapExport\\(\"(?<list>[a-z-]+)\"").Select(m => m.Groups["list"].Value));
        Assert.Equal(Exports.Keys.Order(), lists.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_directory_comes_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            await AddPeopleAsync(db, new Random(seed), host.Clock.GetUtcNow());
            return 0;
        });
        var admin = await host.AsAsync(TestUsers.Administrator);
        var rows = admin.Get<PeopleService>().ExportAsync(new PeopleFilter(), Ct);
        await DemandUnchangedAsync(admin, "people", format, PeopleExport.Columns(admin.Get<IStringLocalizer<PeopleText>>()), rows);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Rooms_come_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        await host.InDatabaseAsync(async db =>
        {
            var building = await db.Buildings.SingleAsync(b => b.Name == "竹园3号楼", Ct);
            for (var n = 0; n < Count; n++)
            {
                var code = $"{random.GetItems(["00", "3-", "B1-", "甲·", "=", "'", "-"], 1)[0]}{n}";
                var room = new Room(building, random.Next(-5, 121), code, Maybe(random, 120) ?? "", random.Next(0, 21));
                decimal? area = random.Next(3) == 0 ? null : random.Next(10_000_001) / 100m;
                if (random.Next(2) == 0) room.Rename($"房间{n}", room.NameEn);
                room.Describe(random.GetItems(Enum.GetValues<RoomKind>(), 1)[0], area, random.Next(3) == 0 ? null : random.Next(5_001));
                db.Rooms.Add(room);
            }
            return await db.SaveChangesAsync(Ct);
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        var rows = await manager.Get<PlacesQueries>().RoomsAsync(Ct);
        Assert.True(rows.Count > Count);
        await DemandUnchangedAsync(manager, "rooms", format, PlacesEndpoints.Columns(manager.Get<IStringLocalizer<PlacesText>>()), rows.ToAsyncEnumerable());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Residents_of_beds_come_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            await AddPeopleAsync(db, new Random(seed), host.Clock.GetUtcNow());
            return 0;
        });
        var dispatcher = await host.AsAsync(TestUsers.Dispatcher);
        var rows = await dispatcher.Get<BedQueries>().HousedAsync(Ct);
        Assert.Contains(rows, r => r.Bed is not null);
        Assert.Contains(rows, r => r.Number is null);
        await DemandUnchangedAsync(dispatcher, "beds", format, BedsSetup.Columns(dispatcher.Get<IStringLocalizer<BedsText>>()), rows.ToAsyncEnumerable());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Buildings_come_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        await host.InDatabaseAsync(async db =>
        {
            foreach (var campus in new[] { new Campus("C-1", Text(random, 80), Maybe(random, 120) ?? ""), new Campus("007", Text(random, 80), "") })
            {
                for (var n = 0; n < Count / 2; n++)
                {
                    var code = $"{random.GetItems(["00", "3-", "B1-", "甲·", "=", "'", "-"], 1)[0]}{n}";
                    db.Add(new Building(campus, code, Text(random, 80), Maybe(random, 120) ?? "", random.GetItems(Enum.GetValues<BuildingKind>(), 1)[0]));
                }
            }
            return await db.SaveChangesAsync(Ct);
        });
        var admin = await host.AsAsync(TestUsers.Administrator);
        var rows = await admin.Get<PlacesQueries>().BuildingsAsync(ct: Ct);
        Assert.True(rows.Count > Count);
        var columns = PlacesEndpoints.BuildingColumns(admin.Get<IStringLocalizer<PlacesText>>());
        await DemandUnchangedAsync(admin, "buildings", format, columns, rows.ToAsyncEnumerable());
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_the_management_gets_the_list_of_rooms(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var places = (await host.AsAsync(userName)).Get<PlacesQueries>();
        await Assert.ThrowsAsync<Forbidden>(() => places.RoomsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => places.BuildingsAsync(ct: Ct));
    }

    [Theory]
    [InlineData("'abc")]
    [InlineData("'=1")]
    [InlineData("''7")]
    [InlineData("’楼")]
    [InlineData("'")]
    [InlineData("=1")]
    public async Task A_leading_apostrophe_survives_and_no_formula_is_written(string text)
    {
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            await using var file = new MemoryStream();
            IReadOnlyList<ExportColumn<string>> columns = [new("t", t => t)];
            await new ExportWriter(ReadBack.Office).WriteAsync(file, format, "x", columns, new[] { text }.ToAsyncEnumerable(), Ct);
            file.Position = 0;
            using var read = SheetFile.Open(file, $"x.{format}", Ct);
            var written = read.Read(read.Sheets[0], ct: Ct).Rows[1][0].Text;
            Assert.Equal(text, TypedText.WithoutApostrophe(written));
            Assert.True(format == ExportFormat.Xlsx || written[0] is not '=', written);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_calendar_comes_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        await host.InDatabaseAsync(db =>
        {
            var day = new DateOnly(2030, 1, 1);
            foreach (var kind in Enum.GetValues<SpanKind>())
            {
                for (var n = 0; n < Count / 3; n++)
                {
                    var from = day.AddDays(n * 18 + random.Next(9));
                    var (name, nameEn) = (Text(random, CalendarLimits.Name), Maybe(random, CalendarLimits.Name) ?? "");
                    db.CalendarSpans.Add(new CalendarSpan(from, from.AddDays(random.Next(9)), kind, name, nameEn));
                }
            }
            return db.SaveChangesAsync(Ct);
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        var spans = (await manager.Get<CalendarService>().ReadAsync(2030, Ct)).Spans;
        Assert.InRange(spans.Count, Count / 2, Count);
        var columns = CalendarEndpoints.Columns(manager.Get<IStringLocalizer<CalendarText>>());
        await DemandUnchangedAsync(manager, "calendar", format, columns, spans.ToAsyncEnumerable());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Tickets_of_the_desk_are_recognised_as_ones_own(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        var resident = await host.AsAsync(TestUsers.Resident);
        var (room, category) = await host.InDatabaseAsync(async db => (
            await db.Rooms.Where(r => r.RetiredAt == null).Select(r => r.Id).FirstAsync(Ct),
            await db.Categories.Where(c => c.RetiredAt == null && c.ParentId != null).Select(c => c.Id).FirstAsync(Ct)));
        for (var n = 0; n < Count / 6; n++)
        {
            var form = new ReportForm { RoomId = room, CategoryId = category, Description = Text(random, 300), Phone = "13800000000" };
            await resident.Intake.SubmitAsync(form, Ct);
        }
        var manager = await host.AsAsync(TestUsers.Manager);
        var rows = manager.Lists.ExportAsync(new RepairFilter { View = RepairView.All }, DeskSort.Newest, Ct);
        await DemandUnchangedAsync(manager, "tickets", format, manager.Get<TicketExport>().Columns(), rows);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Meters_and_their_readings_come_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        var gas = await host.InDatabaseAsync(db => db.FeeKinds.Where(k => k.Code == "gas").Select(k => k.Id).SingleAsync(Ct));
        await host.InDatabaseAsync(async db =>
        {
            var rooms = await db.Rooms.Where(r => r.Building.Name == "竹园3号楼" && r.Kind == RoomKind.Bedroom)
                .Select(r => r.Id).Take(Count).ToListAsync(Ct);
            for (var n = 0; n < Count; n++)
            {
                var number = CleanText.Clean($"{random.GetItems(["00", "3-", "B1-", "甲·", "=", "'", "-"], 1)[0]}{n}");
                var meter = new Meter(gas, number, random.Next(1, 100_000) / 10_000m, random.Next(5, 10), new DateOnly(2026, 1, 1).AddDays(n));
                foreach (var room in random.GetItems([.. rooms], random.Next(1, 4)).Distinct()) meter.ShareWith(room, random.Next(1, 9), meter.InstalledOn);
                db.Meters.Add(meter);
                await db.SaveChangesAsync(Ct);
                var value = random.Next(10_000_000) / 10_000m;
                for (var r = 0; r < 3; r++)
                {
                    db.MeterReadings.Add(new MeterReading(
                        meter.Id, meter.InstalledOn.AddDays(r * 70), value, r == 0 ? ReadingSource.Opening : ReadingSource.Read, false, null,
                        host.Clock.GetUtcNow(), Guid.NewGuid(), Maybe(random, 60)));
                    value += random.Next(3) == 0 ? 0 : random.Next(10_000_000) / 10_000m;
                }
            }
            return await db.SaveChangesAsync(Ct);
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, words) = (manager.Get<MeterQueries>(), manager.Get<IStringLocalizer<MeteringText>>());
        var filter = new MeterFilter { KindId = gas };
        await DemandUnchangedAsync(manager, "meters", format, MeteringSetup.Columns(words), meters.AllAsync(filter, Ct));
        await DemandUnchangedAsync(manager, "meter-readings", format, MeteringSetup.ReadingColumns(words), meters.ReadingsAsync(filter, Ct));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Dishes_and_goods_come_back_without_a_change(string language, ExportFormat format, int seed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var host = await TestHost.OpenAsync();
        var (random, at) = (new Random(seed), host.Clock.GetUtcNow());
        await host.InDatabaseAsync(async db =>
        {
            List<Stall> stalls = [];
            foreach (var code in new[] { "007", "B-1" })
            {
                var canteen = new Canteen(code, new LocalName(Text(random, 80), Maybe(random, 80) ?? ""), new LocalName("", ""));
                db.Canteens.Add(canteen);
                await db.SaveChangesAsync(Ct);
                // Of the same name in both canteens.
                stalls.Add(new Stall(canteen.Id, "1", new LocalName("面档", ""), isHalal: false));
                stalls.Add(new Stall(canteen.Id, "2", new LocalName(Text(random, 80), Maybe(random, 80) ?? ""), isHalal: true));
            }
            stalls[^1].Retire(at, null, "");
            db.Stalls.AddRange(stalls);
            await db.SaveChangesAsync(Ct);
            for (var n = 0; n < Count; n++)
            {
                // The first two dishes differ only by a small letter.
                var code = $"{(n % 2 == 0 ? "A" : "a")}{random.GetItems(["0", "3-", "B1-"], 1)[0]}{n}";
                var (name, price) = (new LocalName(Text(random, 80), Maybe(random, 120) ?? ""), new Money(random.Next(1_000_000)));
                ShelfItem[] added =
                [
                    ShelfItem.Dish(random.GetItems([.. stalls], 1)[0].Id, n < 2 ? code[..1] + "1" : code, name, price, null, at),
                    ShelfItem.Goods(code, name, price, null, at),
                ];
                foreach (var item in added)
                {
                    item.Describe(
                        Maybe(random, 80) ?? "", random.GetItems(["", "块", "m³", "=", "500 ml"], 1)[0], Maybe(random, 200) ?? "", random.Next(2) == 0,
                        random.Next(2) == 0);
                    if (item.Shelf == ShelfKind.Meals) item.Serve(random.Next(128), random.Next(16), random.Next(OrdersLimits.Portions + 1));
                    item.Offer(random.Next(OrdersLimits.Quantity + 1), random.Next(2) == 0, random.Next(OrdersLimits.Movement + 1));
                    if (random.Next(5) == 0) item.Retire(at, null, random.Next(2) == 0 ? "" : ImportKind.UndoneReason);
                }
                db.ShelfItems.AddRange(added);
            }
            return await db.SaveChangesAsync(Ct);
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        var (items, words) = (manager.Get<ItemService>(), manager.Get<IStringLocalizer<OrdersText>>());
        foreach (var (kind, shelf, columns) in new[]
        {
            ("dishes", ShelfKind.Meals, ShelfExport.Dishes(words)), ("goods", ShelfKind.Goods, ShelfExport.Goods(words)),
        })
        {
            var rows = await items.AllAsync(new ItemFilter(shelf) { State = null }, Ct);
            Assert.Contains(rows, r => r.IsRetired);
            await DemandUnchangedAsync(manager, kind, format, columns, rows.ToAsyncEnumerable());
        }
    }

    [Fact]
    public async Task A_corrected_file_of_reasons_has_the_same_problems_where_nothing_was_corrected()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        string[] header = ["学号", "姓名", "班级", "年级"];
        var titles = string.Concat(header.Select(t => $"""<c t="str"><v>{t}</v></c>"""));
        await using var book = Workbooks.Parts($"""
            <row>{titles}</row>
            <row><c s="1"><v>1</v></c><c t="str"><v>李明</v></c><c s="2"><v>46083</v></c><c><v>2026</v></c></row>
            <row><c><v>110101199001010000</v></c><c t="str"><v>王芳</v></c><c t="str"><v>3-2</v></c><c><v>2026</v></c></row>
            <row><c s="1"><v>3</v></c><c t="e"><v>#N/A</v></c><c t="str"><v>3-2</v></c><c><v>1.5</v></c></row>
            <row><c s="1"><v>4</v></c><c t="str"><v>赵敏</v></c><c t="str"><v>3-2</v></c><c><v>2026</v></c></row>
            """).With(Workbooks.StylesPath, Workbooks.Styles("General", "000000", "14")).Zip();
        await using var first = await admin.Imports.OpenAsync("people", "名单.xlsx", book, Ct);
        await admin.Imports.CheckAsync(first, ct: Ct);
        Assert.Equal(new ImportCounts(1, 0, 0, 3), first.Counts);
        await using var reasons = new MemoryStream();
        await admin.Imports.WriteReasonsAsync(first, reasons, onlyRejected: false, Ct);
        reasons.Position = 0;
        await using var again = await admin.Imports.OpenAsync("people", "名单.xlsx", reasons, Ct);
        await admin.Imports.CheckAsync(again, ct: Ct);
        Assert.Equal(Enumerable.Range(2, 4).SelectMany(first.Wrong), Enumerable.Range(2, 4).SelectMany(again.Wrong));
        Assert.Equal(first.Verdicts!.Select(v => v.Label), again.Verdicts!.Select(v => v.Label));
    }

    private static async Task DemandUnchangedAsync<T>(
        Desk desk, string kind, ExportFormat format, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows)
    {
        await using var file = new MemoryStream();
        await new ExportWriter(ReadBack.Office).WriteAsync(file, format, "清单", columns, rows, Ct);
        file.Position = 0;
        await using var session = await desk.Imports.OpenAsync(kind, $"清单.{format}", file, Ct);
        Assert.True(session.IsComplete, $"Not found: {string.Join(", ", session.MissingColumns.Select(c => c.Key))}");
        await desk.Imports.CheckAsync(session, ct: Ct);
        var others = session.Verdicts!.Where(v => v.Outcome != ImportOutcome.Same).Select(v =>
            $"{v.Row} {v.Label}: {v.Outcome} {string.Join("; ", v.Problems.Select(p => $"{p.Column} {p.Code} {string.Join('|', p.Args)}"))}"
            + string.Join("; ", v.Changes.Select(c => $"{c.Column} «{c.Old}» → «{c.New}»")));
        Assert.Empty(others);
        Assert.Empty(session.IgnoredRows);
        Assert.True(session.Verdicts!.Count >= Count / 6);
    }

    private static async Task AddPeopleAsync(LogisticsDb db, Random random, DateTimeOffset at)
    {
        var building = await db.Buildings.SingleAsync(b => b.Name == "竹园3号楼", Ct);
        var crew = await db.Crews.Where(c => c.RetiredAt == null).Select(c => c.Id).FirstAsync(Ct);
        string?[] phones = [null, "+8613800138000", "138-0013 8000", "0571 88888888", "00123"];
        for (var n = 0; n < Count; n++)
        {
            var number = $"{random.GetItems(["00", "-", "3-", "A_", "楼", "9."], 1)[0]}{n:D3}";
            var has = n % 5 != 0;
            var person = new Person(number, Text(random, 30), has ? number : null);
            person.Describe(person.FullName, person.Number, phones[random.Next(phones.Length)], random.Next(3) == 0 ? $"=x{n}+y@example.edu.cn" : null);
            person.ConfirmEmail(n % 4 != 0);
            int? grade = random.Next(2) == 0 ? null : 2000 + random.Next(30);
            person.SetStudies((Gender)random.Next(3), Maybe(random, 60), Maybe(random, 60), Maybe(random, 60), grade);
            person.SetStatus(Enum.GetValues<PersonStatus>()[random.Next(4)], TestHost.Start);
            var roles = random.Next(3) == 0 ? new[] { Role.Resident, Role.Technician } : [Role.Resident];
            if (roles.Length > 1) person.JoinCrew(crew);
            db.Users.Add(person);
            await db.SaveChangesAsync(Ct);
            db.UserRoles.AddRange(roles.Select(r => new Microsoft.AspNetCore.Identity.IdentityUserRole<long> { UserId = person.Id, RoleId = (long)r }));
            if (n % 2 == 0)
            {
                var code = $"{random.GetItems(["0", "3-", "B1-", "甲·"], 1)[0]}{n}";
                var room = new Room(building, random.Next(-1, 9), code, n % 4 == 0 ? $"Room {n}, left" : "", 2);
                db.Rooms.Add(room);
                await db.SaveChangesAsync(Ct);
                await Housing.MoveAsync(db, person, room.Id, n % 3 == 0 ? null : room.Beds.First().Id, at, Ct);
            }
            await db.SaveChangesAsync(Ct);
        }
    }

    private static string? Maybe(Random random, int length) => random.Next(3) == 0 ? null : Text(random, length);

    /// <summary>Text as the product stores it: clean, at most this long, and never blank.</summary>
    private static string Text(Random random, int length)
    {
        while (true)
        {
            var text = CleanText.Clean(string.Concat(random.GetItems(Pieces, random.Next(1, 8))));
            if (text.Length > 0 && text.Length <= length && !char.IsLowSurrogate(text[0])) return text;
        }
    }
}
