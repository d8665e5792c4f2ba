using System.Text;
using LogisticsAdmin.Features.Repairs.LogImport;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class LogImportTests
{
    private const string Header = "Id,Created,Closed,State,What,Where,Cost\n";

    private const string Map = """
        {
          "source": "old", "culture": "en-US", "timeZone": "America/New_York", "blanks": ["N/A"], "key": ["Id"],
          "submittedAt": {"column": "Created", "formats": ["M/d/yyyy H:mm"]}, "closedAt": {"column": "Closed", "formats": ["M/d/yyyy H:mm"]},
          "status": {"column": "State", "map": {"Open": "New"}, "default": "Closed", "openWithinDaysOfNewest": null, "newest": null},
          "description": {"template": "{What}: {Where}, {State}"},
          "category": {"column": "What", "map": {"Tap": "water-tap"}, "default": "other"},
          "urgency": {"column": null, "map": {}, "default": "Normal"},
          "place": {"column": null, "map": {}, "default": {"campus": {"code": "OLD", "name": "老校区", "nameEn": "Old campus"},
            "building": {"code": "O1", "name": "老楼", "nameEn": "Old house"}, "room": {"code": "整栋", "nameEn": "Whole house"}}},
          "reporter": null, "cost": {"column": "Cost"}
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_become_tickets_of_their_own_day_and_time_and_are_found_by_search()
    {
        await using var host = await TestHost.OpenAsync();

        var report = await ImportAsync(
            host,
            "b,3/14/2025 1:20,,Open,Tap,\"Room 1, \"\"left\"\"\nbeside the door\",12.5\na,3/13/2025 9:00,3/13/2025 10:00,Done,N/A,Hall,\n");

        Assert.Equal((2, 2, 1, 0, 0, 3), (report.Read, report.Imported, report.Open, report.AlreadyThere, report.Rejected.Count, report.NewPlaces));
        var tickets = await TicketsAsync(host);
        Assert.Equal(["BX20250313-0001", "BX20250314-0001"], tickets.Select(t => t.Number));
        Assert.Equal("Hall, Done", tickets[0].Description);
        Assert.Equal("Tap: Room 1, \"left\"\nbeside the door, Open", tickets[1].Description);
        Assert.Equal(new DateTimeOffset(2025, 3, 14, 5, 20, 0, TimeSpan.Zero), tickets[1].SubmittedAt);
        Assert.Equal(new DateTimeOffset(2025, 3, 13, 14, 0, 0, TimeSpan.Zero), tickets[0].EndedAt);
        Assert.Equal((TicketStatus.New, 12.5m, "b", true), (tickets[1].Status, tickets[1].Cost?.Yuan, tickets[1].SourceKey, tickets[1].IsOverdue));
        var office = await host.AsAsync(TestUsers.Dispatcher);
        Assert.Single(await office.Tickets.SearchAsync("beside", ct: Ct));
        Assert.Equal(["a"], (await office.Tickets.SearchAsync("a", ct: Ct)).Select(r => r.SourceKey));
        await office.Repairs.TriageAsync(tickets[1].Id, Ct);
        Assert.Equal(TicketStatus.Triaged, (await host.RowAsync(tickets[1].Number)).Status);
    }

    [Fact]
    public async Task A_second_run_adds_only_what_is_new()
    {
        await using var host = await TestHost.OpenAsync();
        const string row = "1,3/14/2025 1:20,,Open,Tap,Room 1,\n";
        await ImportAsync(host, row);

        var again = await ImportAsync(host, row + "2,3/14/2025 1:30,,Open,Tap,Room 2,\n");

        Assert.Equal((2, 1, 1, 0), (again.Read, again.Imported, again.AlreadyThere, again.NewPlaces));
        Assert.Equal(["BX20250314-0001", "BX20250314-0002"], (await TicketsAsync(host)).Select(t => t.Number));
    }

    [Fact]
    public async Task A_record_of_blank_fields_counts_as_a_row_so_that_keys_by_row_stay_the_same()
    {
        await using var host = await TestHost.OpenAsync();
        var map = Map.Replace("\"key\": [\"Id\"]", "\"key\": [\"#row\"]", StringComparison.Ordinal);
        const string first = "1,3/14/2025 1:20,,Open,Tap,Room 1,\n", last = "3,3/14/2025 1:40,,Open,Tap,Room 3,\n";

        await ImportAsync(host, first + ",,,,,,\n\n" + last, map: map);

        Assert.Equal(["1", "3"], (await TicketsAsync(host)).Select(t => t.SourceKey));
    }

    [Fact]
    public async Task Bad_rows_stay_out_with_line_and_reason_and_the_rest_goes_in()
    {
        await using var host = await TestHost.OpenAsync();

        var report = await ImportAsync(host,
            "1,3/14/2025 1:20,,Open,Tap,\"two\nlines\",\n2,yesterday,,Open,Tap,x,\n3,,,Open,Tap,x,\n4,3/14/2025 1:20,,Open,Tap,x,PM01\n"
            + "1,3/14/2025 1:20,,Open,Tap,x,\n5,3/14/2025 1:20,,N/A,N/A,N/A,\n6,3/14/2025 1:20,,Open,Tap,shifted,by,one\n"
            + "7,3/14/2025 1:20,3/13/2025 1:20,Done,Tap,x,\n8,3/14/2099 1:20,,Open,Tap,x,\n9,3/14/2025 1:20,,Open,Tap,\"not \"closed,\n"
            + "10,1/1/0001 0:00,,Open,Tap,x,\n");

        Assert.Equal(report.Read, report.Imported + report.AlreadyThere + report.Rejected.Count);
        Assert.Equal(1, report.Imported);
        Assert.Equal(
            [
                (4, "BadTime"), (5, "NoTime"), (6, "BadCost"), (7, "DuplicateKey"), (8, "NoDescription"),
                (9, "FieldCount"), (10, "EndsBeforeStart"), (11, "Future"), (12, "BadQuotes"), (13, "BadTime"),
            ],
            report.Rejected.Select(r => (r.Line, r.Code)));
        Assert.Equal(["1", 2], report.Rejected[3].Args);
    }

    [Theory]
    [InlineData("1", 2)]
    [InlineData("2147483647", 3)]
    [InlineData("null", 1)]
    public async Task Rows_near_the_newest_come_in_open(string days, int open)
    {
        await using var host = await TestHost.OpenAsync();
        var report = await ImportAsync(host, "1,3/14/2025 9:00,,Open,Tap,x,\n2,3/13/2025 9:00,,Done,Tap,x,\n3,3/13/2025 8:59,,Done,Tap,x,\n",
            map: Map.Replace("\"openWithinDaysOfNewest\": null", $"\"openWithinDaysOfNewest\": {days}", StringComparison.Ordinal));
        Assert.Equal(open, report.Open);
    }

    [Fact]
    public async Task A_closed_row_without_a_closing_time_gets_none()
    {
        await using var host = await TestHost.OpenAsync();
        await ImportAsync(host, "1,3/14/2025 1:20,,Done,Tap,x,\n");

        var ticket = Assert.Single(await TicketsAsync(host));
        Assert.Equal((TicketStatus.Closed, null, null), (ticket.Status, ticket.EndedAt, ticket.CompletedAt));
    }

    [Theory]
    [InlineData("3/9/2025 2:30", "2025-03-09T07:30:00Z")]
    [InlineData("11/2/2025 1:30", "2025-11-02T05:30:00Z")]
    [InlineData("11/2/2025 2:30", "2025-11-02T07:30:00Z")]
    public async Task Times_that_a_clock_change_skips_or_repeats_have_one_meaning(string local, string utc)
    {
        await using var host = await TestHost.OpenAsync();
        await ImportAsync(host, $"1,{local},,Open,Tap,x,\n");

        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(await TicketsAsync(host)).SubmittedAt);
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2025-03-14T08:30:00+08:00", "2025-03-14T00:30:00Z")]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz", "2025-03-14T00:30:00+00:00", "2025-03-14T00:30:00Z")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2025-03-14T00:30:00Z", "2025-03-14T00:30:00Z")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2025-03-13T19:30:00-05:00", "2025-03-14T00:30:00Z")]
    [InlineData("yyyy-MM-ddTHH:mm:ssK", "2025-03-13T20:30:00", "2025-03-14T00:30:00Z")]
    public async Task A_time_with_an_offset_is_the_moment_in_the_text_whatever_the_time_zones(string format, string written, string utc)
    {
        await using var host = await TestHost.OpenAsync();
        await ImportAsync(host, $"1,{written},,Open,Tap,x,\n", map: Map.Replace("M/d/yyyy H:mm", format, StringComparison.Ordinal));

        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(await TicketsAsync(host)).SubmittedAt);
    }

    [Fact]
    public async Task A_date_cell_is_a_time_of_the_zone_of_the_map_also_when_its_format_has_an_offset()
    {
        await using var host = await TestHost.OpenAsync();
        var map = Map.Replace("M/d/yyyy H:mm", "yyyy-MM-ddTHH:mm:sszzz", StringComparison.Ordinal);
        string[] texts = ["Open", "Tap", "x"];
        var (header, rest) = (Cells(Header.Trim().Split(',')), Cells(texts));
        await using var book = Workbooks.Parts($"""<row>{header}</row><row><c><v>1</v></c><c s="1"><v>45730.0208333333</v></c><c/>{rest}</row>""")
            .With(Workbooks.StylesPath, Workbooks.Styles("General", "22")).Zip();
        await using var json = new MemoryStream(Encoding.UTF8.GetBytes(map));
        await host.AsSystem().Get<LogImportService>().ImportAsync(book, await LogMap.ReadAsync(json, Ct), Ct);

        Assert.Equal(new DateTimeOffset(2025, 3, 14, 4, 30, 0, TimeSpan.Zero), Assert.Single(await TicketsAsync(host)).SubmittedAt);
    }

    [Fact]
    public async Task A_number_that_Excel_turned_into_a_day_is_refused_by_its_column()
    {
        await using var host = await TestHost.OpenAsync();
        var report = await ImportAsync(host, "3月2日,3/14/2025 1:20,,Open,Tap,x,\n2,3/14/2025 1:20,,Open,2-Mar,x,\n3,3/14/2025 1:20,,Open,Tap,3月2日,\n");

        Assert.Equal([(2, "BecameDay"), (3, "BecameDay")], report.Rejected.Select(r => (r.Line, r.Code)));
        Assert.Equal(["Id", "3月2日"], report.Rejected[0].Args);
        Assert.Equal(1, report.Imported);
    }

    [Fact]
    public async Task A_file_with_a_byte_order_mark_is_read_and_one_without_the_columns_is_refused_by_their_names()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(1, (await ImportAsync(host, "1,3/14/2025 1:20,,Open,Tap,x,\n", "\uFEFF" + Header)).Imported);

        var refusal = await Assert.ThrowsAsync<Rejected>(() => ImportAsync(host, "1,2\n", "Id,Created\n"));
        Assert.Equal("ColumnsMissing", refusal.Code);
        Assert.Contains("Closed, State", (string)refusal.Args[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_GBK_file_is_read_as_the_import_page_reads_it()
    {
        await using var host = await TestHost.OpenAsync();
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

        var report = await ImportAsync(host, "1,3/14/2025 1:20,,Open,水龙头,竹园3号楼 512,\n", encoding: gbk);

        Assert.Equal((1, 1, 0), (report.Read, report.Imported, report.Rejected.Count));
        Assert.Equal("水龙头: 竹园3号楼 512, Open", Assert.Single(await TicketsAsync(host)).Description);
    }

    [Fact]
    public async Task A_semicolon_separates_columns_where_the_file_says_so_and_blank_lines_are_no_rows()
    {
        await using var host = await TestHost.OpenAsync();
        var report = await ImportAsync(host, "\n1;3/14/2025 1:20;;Open;Tap;\"a;b\";\n;;;;;;\n2;never;;Open;Tap;x;\n", Header.Replace(',', ';'));

        Assert.Equal((2, 1), (report.Read, report.Imported));
        Assert.Equal((5, "BadTime"), (report.Rejected[0].Line, report.Rejected[0].Code));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_refuses_the_file_with_its_line()
    {
        await using var host = await TestHost.OpenAsync();
        var refusal = await Assert.ThrowsAsync<Rejected>(() => ImportAsync(
            host, "1,3/14/2025 1:20,,Open,Tap,x,\n2,3/14/2025 1:20,,Open,Tap,\"x,\n3,3/14/2025 1:20,,Open,Tap,x,\n"));
        Assert.Equal("QuoteOpen", refusal.Code);
        Assert.Equal([3L], refusal.Args);
        Assert.Empty(await TicketsAsync(host));
    }

    [Theory]
    [InlineData("\"source\": \"old\"", "\"source\": \"old\", \"sauce\": 1", "MapUnreadable")]
    [InlineData("\"default\": \"other\"", "\"default\": \"nothing\"", "MapWrong")]
    [InlineData("\"Open\": \"New\"", "\"Open\": \"InProgress\"", "MapWrong")]
    [InlineData("America/New_York", "America/Nowhere", "MapWrong")]
    public async Task A_wrong_map_is_refused(string right, string wrong, string code)
    {
        await using var host = await TestHost.OpenAsync();
        var refusal = await Assert.ThrowsAsync<Rejected>(() => ImportAsync(
            host, "1,3/14/2025 1:20,,Open,Tap,x,\n", map: Map.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("excavators.map.json")]
    [InlineData("nyc-animals.map.json")]
    public async Task The_maps_in_the_seeds_are_good(string file)
    {
        await using var stream = File.OpenRead(LogisticsAdmin.Data.Seeds.PathOf(Path.Combine("import", file)));
        Assert.NotEmpty((await LogMap.ReadAsync(stream, Ct)).Columns);
    }

    private static async Task<LogImportReport> ImportAsync(TestHost host, string rows, string header = Header, string map = Map, Encoding? encoding = null)
    {
        await using var csv = new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(header + rows));
        await using var json = new MemoryStream(Encoding.UTF8.GetBytes(map));
        return await host.AsSystem().Get<LogImportService>().ImportAsync(csv, await LogMap.ReadAsync(json, Ct), Ct);
    }

    private static string Cells(string[] texts) => string.Concat(texts.Select(t => $"""<c t="str"><v>{t}</v></c>"""));

    private static Task<List<RepairTicket>> TicketsAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().OrderBy(t => t.Number).ToListAsync(Ct));
}
