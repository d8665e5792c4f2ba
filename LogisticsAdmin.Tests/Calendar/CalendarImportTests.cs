using System.Text;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Calendar;

/// <summary>Importing an iCalendar file: a preview line by line, then the import; no file does any harm.</summary>
public sealed class CalendarImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly byte[] Year2027 = Ical.Of(
        Ical.WholeDay("yd-2027", "元旦（休）", "20270101", "20270104"),
        Ical.WholeDay("cj-2027", "春节（休）", "20270206", "20270213"),
        Ical.WholeDay("cj-2027-b", "春节（班）", "20270214"),
        Ical.WholeDay("sj-2027", "暑假", "20270710", "20270830"),
        Ical.WholeDay("gq-2026", "国庆节 放假", "20261001", "20261008"),
        Ical.WholeDay("x", "植树节", "20270312"),
        Ical.Event("UID:m\r\nDTSTART:20270312T010000Z\r\nDTEND:20270312T020000Z\r\nSUMMARY:例会 调休\r\n"));

    [Fact]
    public async Task A_dry_run_says_what_an_import_then_does_and_the_same_file_twice_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        var form = new CalendarImportForm { File = Year2027 };
        var before = await StoredAsync(host);

        var plan = await calendar.PreviewImportAsync(form, Ct);
        Assert.Equal(before, await StoredAsync(host));
        Assert.Equal((4, 0, 1, 2), Counts(plan));
        Assert.Contains(plan.Lines, l => l is { Name: "植树节", Outcome: ImportOutcome.Rejected, Reason: "NoKind" });
        Assert.Contains(plan.Lines, l => l is { Name: "例会 调休", Reason: "NotWholeDays" });

        Assert.Equal(plan.Lines, (await calendar.ImportAsync(form, Ct)).Lines);
        var stored = await StoredAsync(host);
        Assert.Contains(stored, s => s is "Holiday 2027-01-01 2027-01-03 元旦");
        Assert.Contains(stored, s => s is "MakeUpWorkday 2027-02-14 2027-02-14 春节");
        Assert.Contains(stored, s => s is "TermBreak 2027-07-10 2027-08-29 暑假");

        Assert.Equal((0, 0, 5, 2), Counts(await calendar.ImportAsync(form, Ct)));
        Assert.Equal(stored, await StoredAsync(host));
    }

    [Fact]
    public async Task An_event_that_moved_moves_its_days_and_one_chosen_kind_takes_what_says_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        await calendar.ImportAsync(new CalendarImportForm { File = Year2027, Otherwise = SpanKind.Holiday }, Ct);
        Assert.Contains(await StoredAsync(host), s => s is "Holiday 2027-03-12 2027-03-12 植树节");

        var report = await calendar.ImportAsync(
            new CalendarImportForm { File = Ical.Of(Ical.WholeDay("cj-2027", "春节（休）", "20270205", "20270214")) }, Ct);
        Assert.Equal((0, 1, 0, 0), Counts(report));
        Assert.Contains(await StoredAsync(host), s => s is "Holiday 2027-02-05 2027-02-13 春节");
    }

    [Fact]
    public async Task An_import_is_a_batch_with_its_rows_and_undo_puts_back_what_it_added_moved_and_removed()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (calendar, imports) = (manager.Get<CalendarService>(), manager.Get<ImportService>());
        await calendar.ImportAsync(new CalendarImportForm { File = Year2027, FileName = "2027.ics" }, Ct);
        var before = await StoredAsync(host);
        await calendar.ImportAsync(new CalendarImportForm { File = Year2027, FileName = "2027.ics" }, Ct);
        await calendar.ImportAsync(new CalendarImportForm
        {
            FileName = "新.ics",
            RemoveCancelled = true,
            File = Ical.Of(
                Ical.WholeDay("yd-2027", "元旦（休）", "20270101", "20270104", "STATUS:CANCELLED\r\n"),
                Ical.WholeDay("cj-2027", "春节（休）", "20270205", "20270214"),
                Ical.WholeDay("lao-2027", "劳动节（休）", "20270501", "20270506"),
                Ical.WholeDay("x", "植树节", "20270312")),
        }, Ct);

        var batches = await imports.BatchesAsync(new BatchFilter("calendar"), ct: Ct);
        Assert.Equal(
            [("新.ics", new ImportCounts(1, 2, 0, 1)), ("2027.ics", new ImportCounts(4, 0, 1, 2))], batches.Select(b => (b.FileName, b.Counts)));
        Assert.Equal(["Refusal.CancelledRemoved", "Refusal.NoKind"],
            (await imports.BatchAsync(batches[0].Id, Ct)).Rows!.SelectMany(r => r.Problems).Select(p => p.Code));
        var report = await imports.UndoAsync(batches[0].Id, Ct);
        Assert.Equal((3, 0), (report.Undone, report.Skipped.Count));
        Assert.Equal(before, await StoredAsync(host));
        // The days that came back are still known by the file.
        Assert.Equal((0, 0, 5, 2), Counts(await calendar.ImportAsync(new CalendarImportForm { File = Year2027 }, Ct)));
    }

    [Fact]
    public async Task Undo_leaves_days_alone_that_were_changed_since_or_whose_place_is_taken()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (calendar, imports) = (manager.Get<CalendarService>(), manager.Get<ImportService>());
        await calendar.ImportAsync(new CalendarImportForm { File = Year2027 }, Ct);
        await calendar.ImportAsync(
            new CalendarImportForm
            {
                File = Ical.Of(
                    Ical.WholeDay("yd-2027", "元旦（休）", "20270102", "20270104"),
                    Ical.WholeDay("lao-2027", "劳动节（休）", "20270501", "20270506")),
            }, Ct);
        await calendar.AddSpanAsync(new SpanForm { Kind = SpanKind.Holiday, From = new(2027, 1, 1), To = new(2027, 1, 1), Name = "另加" }, Ct);
        var may = await host.InDatabaseAsync(db => db.CalendarSpans.AsNoTracking().SingleAsync(s => s.From == new DateOnly(2027, 5, 1), Ct));
        await calendar.ChangeSpanAsync(may.Id, new SpanForm { Version = may.Version, Kind = may.Kind, From = may.From, To = may.From, Name = may.Name }, Ct);
        var stored = await StoredAsync(host);

        var batch = (await imports.BatchesAsync(new BatchFilter("calendar"), ct: Ct))[0];
        var report = await imports.UndoAsync(batch.Id, Ct);
        Assert.Equal(["Import.TouchedSince", "Refusal.OverlapsSpan"], report.Skipped.Select(s => s.Why.Code));
        Assert.Equal(stored, await StoredAsync(host));
    }

    [Fact]
    public async Task What_cannot_be_is_listed_with_its_reason_and_the_rest_goes_in()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        var report = await calendar.ImportAsync(new CalendarImportForm
        {
            File = Ical.Of(
                Ical.WholeDay("1", "国庆 休", "20261003", "20261010"),
                Ical.WholeDay("2", "", "20270301"),
                Ical.WholeDay("3", new string('休', 41), "20270302"),
                Ical.WholeDay("4", "长假 休", "20270301", "20270901"),
                Ical.WholeDay("5", "古代 休", "18990101"),
                Ical.WholeDay("6", "反了 休", "20270310", "20270301"),
                Ical.WholeDay("7", "好 休", "20270303"),
                Ical.WholeDay("7", "好 休", "20270303"),
                Ical.Event("UID:8\r\nSUMMARY:无日期 休\r\n"),
                Ical.WholeDay("9", "秒秒 休", "20270305", more: "RRULE:FREQ=SECONDLY\r\n"),
                Ical.WholeDay("10", "天天 休", "20270305", more: "RRULE:FREQ=DAILY\r\n")),
        }, Ct);
        Assert.Equal(
            ["Overlaps", "NoName", "NameTooLong", "TooLong", "OutOfYears", "EndsBeforeStart", null, "SameKeyTwice", "NoDate", "BadSeries", "BadSeries"],
            report.Lines.Select(l => l.Reason));
        Assert.Equal((1, 0, 0, 10), Counts(report));
        Assert.Single(await StoredAsync(host), s => s.Contains("好 休", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_series_is_expanded_over_three_years_only_and_a_moved_occurrence_counts_once()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        var file = Ical.Of(
            Ical.WholeDay("founding", "校庆 休", "20100520", "20100521", "RRULE:FREQ=YEARLY\r\n"),
            Ical.WholeDay("founding", "校庆 休", "20260521", "20260522", "RECURRENCE-ID;VALUE=DATE:20260520\r\n"));

        Assert.Equal((3, 0, 0, 0), Counts(await calendar.ImportAsync(new CalendarImportForm { File = file }, Ct)));
        Assert.Equal(["Holiday 2025-05-20 2025-05-20 校庆 休", "Holiday 2026-05-21 2026-05-21 校庆 休", "Holiday 2027-05-20 2027-05-20 校庆 休"],
            (await StoredAsync(host)).Where(s => s.Contains("校庆", StringComparison.Ordinal)));
        Assert.Equal((0, 0, 3, 0), Counts(await calendar.ImportAsync(new CalendarImportForm { File = file }, Ct)));
    }

    [Fact]
    public async Task Days_written_as_midnights_of_the_office_and_events_without_uid_are_understood()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        var file = Ical.Of(
            Ical.Event("UID:utc\r\nDTSTART:20270519T160000Z\r\nDTEND:20270521T160000Z\r\nSUMMARY:校庆 休\r\n"),
            Ical.WholeDay(null, "运动会 休", "20270601"));

        Assert.Equal((2, 0, 0, 0), Counts(await calendar.ImportAsync(new CalendarImportForm { File = file }, Ct)));
        Assert.Contains(await StoredAsync(host), s => s is "Holiday 2027-05-20 2027-05-21 校庆 休");
        Assert.Equal((0, 0, 2, 0), Counts(await calendar.ImportAsync(new CalendarImportForm { File = file }, Ct)));
    }

    [Fact]
    public async Task A_line_folded_inside_a_character_is_read()
    {
        var file = Ical.Of(Ical.WholeDay("fold", "校庆 放假", "20270520"));
        var at = file.AsSpan().IndexOf("庆"u8) + 1;
        foreach (var fold in new[] { "\r\n ", "\n\t" })
            Assert.Equal(["Holiday 2027-05-20 2027-05-20 校庆 放假"], await ReadAsync([.. file[..at], .. Encoding.UTF8.GetBytes(fold), .. file[at..]]));
    }

    [Fact]
    public async Task All_calendars_of_a_file_are_read()
    {
        var file = Ical.Of(Ical.WholeDay("one", "开学典礼 放假", "20270603")).Concat(Ical.Of(Ical.WholeDay("two", "毕业典礼 放假", "20270610")));
        Assert.Equal(["Holiday 2027-06-03 2027-06-03 开学典礼 放假", "Holiday 2027-06-10 2027-06-10 毕业典礼 放假"], await ReadAsync([.. file]));
    }

    [Fact]
    public async Task Two_days_under_one_UID_are_both_imported_and_the_second_time_nothing_changes()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        await calendar.ImportAsync(new CalendarImportForm { File = Ical.Of(Ical.WholeDay("dup", "清明节调休 上班", "20270403")) }, Ct);
        var form = new CalendarImportForm
        {
            File = Ical.Of(Ical.WholeDay("dup", "清明节调休 上班", "20270403"), Ical.WholeDay("dup", "清明节调休 上班", "20270410")),
        };
        Assert.Equal((1, 0, 1, 0), Counts(await calendar.ImportAsync(form, Ct)));
        Assert.Equal((0, 0, 2, 0), Counts(await calendar.ImportAsync(form, Ct)));
        Assert.Equal(2, (await StoredAsync(host)).Count(s => s.StartsWith("MakeUpWorkday 2027-04", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("20271009T090000", "20271009T180000", "国庆节 补班", "MakeUpWorkday 2027-10-09 2027-10-09 国庆节 补班")]
    [InlineData("20271009T090000", "20271009T180000", "国庆节 放假", null)]
    [InlineData("20271009T090000", "20271009T180000", "国庆值班", null)]
    [InlineData("20271009T090000", "20271009T100000", "补班动员会 上班", null)]
    [InlineData("20271111T000000", "20271111T235959", "校庆 放假", "Holiday 2027-11-11 2027-11-11 校庆 放假")]
    [InlineData("20271111T000100", "20271112T235900", "校庆 放假", "Holiday 2027-11-11 2027-11-12 校庆 放假")]
    [InlineData("20271111T000000", "20271111T230000", "校庆 放假", null)]
    public async Task Whole_days_and_make_up_workdays_may_be_given_with_hours(string start, string end, string title, string? read) =>
        Assert.Equal(read is null ? [] : [read], await ReadAsync(Ical.Of(Ical.Event($"UID:h\r\nDTSTART:{start}\r\nDTEND:{end}\r\nSUMMARY:{title}\r\n"))));

    [Fact]
    public async Task What_a_file_cancels_is_no_holiday_and_what_was_imported_before_is_offered_for_removal()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        await calendar.ImportAsync(new CalendarImportForm
        {
            File = Ical.Of(Ical.WholeDay("kept", "校庆 放假", "20270520"), Ical.WholeDay("gone", "运动会 放假", "20270422", "20270424"),
                Ical.WholeDay("weekly", "清洁日 放假", "20270601", more: "RRULE:FREQ=WEEKLY;COUNT=2\r\n")),
        }, Ct);
        var form = new CalendarImportForm
        {
            File = Ical.Of(Ical.WholeDay("gone", "运动会 放假", "20270422", "20270424", "STATUS:CANCELLED\r\n"),
                Ical.WholeDay("never", "艺术节 放假", "20270501", more: "STATUS:CANCELLED\r\n"),
                Ical.WholeDay("weekly", "清洁日 放假", "20270608", more: "RECURRENCE-ID;VALUE=DATE:20270608\r\nSTATUS:CANCELLED\r\n"),
                Ical.WholeDay("new", "读书日 放假", "20270423")),
        };
        var before = await StoredAsync(host);

        var offered = await calendar.ImportAsync(form, Ct);
        Assert.Equal(["CancelledImported", "Cancelled", "CancelledImported", "Overlaps"], offered.Lines.Select(l => l.Reason));
        Assert.Equal(2, offered.Cancelled);
        Assert.Equal(before, await StoredAsync(host));

        form.RemoveCancelled = true;
        var removed = await calendar.ImportAsync(form, Ct);
        Assert.Equal(["CancelledRemoved", "Cancelled", "CancelledRemoved", null], removed.Lines.Select(l => l.Reason));
        Assert.Equal(before.Where(s => !s.Contains("运动会", StringComparison.Ordinal) && !s.Contains("2027-06-08", StringComparison.Ordinal))
            .Append("Holiday 2027-04-23 2027-04-23 读书日 放假").Order(), (await StoredAsync(host)).Order());
    }

    [Fact]
    public async Task A_file_that_cancels_as_a_whole_brings_no_holidays()
    {
        var file = Encoding.UTF8.GetString(Ical.Of(Ical.WholeDay("c", "运动会 放假", "20270422")));
        Assert.Empty(await ReadAsync(Encoding.UTF8.GetBytes(file.Replace("VERSION", "METHOD:CANCEL\r\nVERSION", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("春节（休）", SpanKind.Holiday)]
    [InlineData("国庆节放假", SpanKind.Holiday)]
    [InlineData("国庆节 假期 第3天/共7天", SpanKind.Holiday)]
    [InlineData("春节（班）", SpanKind.MakeUpWorkday)]
    [InlineData("国庆节 补班", SpanKind.MakeUpWorkday)]
    [InlineData("劳动节调休", SpanKind.MakeUpWorkday)]
    [InlineData("调休放假", SpanKind.Holiday)]
    [InlineData("调休上班", SpanKind.MakeUpWorkday)]
    [InlineData("寒假", SpanKind.TermBreak)]
    [InlineData("Public Holiday", SpanKind.Holiday)]
    [InlineData("Special Working Day", SpanKind.MakeUpWorkday)]
    [InlineData("植树节", null)]
    [InlineData("寒假放假(各部门安排值班)", SpanKind.TermBreak)]
    [InlineData("元旦放假,不上班", SpanKind.Holiday)]
    [InlineData("国庆节放假，10月10日上班", SpanKind.Holiday)]
    [InlineData("寒假补班", SpanKind.MakeUpWorkday)]
    [InlineData("春节（假）", SpanKind.Holiday)]
    [InlineData("元旦 班", SpanKind.MakeUpWorkday)]
    [InlineData("Non-working day", SpanKind.Holiday)]
    [InlineData("离退休人员体检", null)]
    [InlineData("国庆值班", null)]
    [InlineData("班主任会议", null)]
    [InlineData("软件2601班体检", null)]
    [InlineData("软件 2601班 体检", null)]
    public void The_words_of_a_title_say_what_it_is(string title, SpanKind? kind) => Assert.Equal(kind, IcalFile.KindOf(title));

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "empty calendar", Ical.Of(), "NoEvents" },
        { "a picture", [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xD8], "NotICalendar" },
        { "words", Encoding.UTF8.GetBytes("Dear all, the holidays are as follows"), "NotICalendar" },
        { "cut off", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:休\r\n"), "NotICalendar" },
        { "too large", new byte[IcalFile.MaxBytes + 1], "FileTooLarge" },
        { "too deep", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\n", 60_000))), "NotICalendar" },
        { "one endless line", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nX" + new string(';', 900_000) + "\r\nEND:VCALENDAR"), "NotICalendar" },
        { "too many", Ical.Of([.. Enumerable.Range(0, 1_001).Select(n => Ical.WholeDay($"{n}", "休", "20270101"))]), "TooManyEvents" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_file_that_is_none_is_refused_in_words(string what, byte[] file, string code)
    {
        Assert.NotEmpty(what);
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => calendar.PreviewImportAsync(new CalendarImportForm { File = file }, Ct));
        Assert.Equal(code, refused.Code);
    }

    [Theory]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\r\n")]
    [InlineData("RRULE:FREQ=DAILY;INTERVAL=2147483647\r\n")]
    [InlineData("RRULE:FREQ=NEVER\r\n")]
    [InlineData("RRULE:FREQ=MONTHLY;BYDAY=99XX\r\n")]
    [InlineData("DURATION:P99999999999999999999D\r\n")]
    [InlineData("RDATE;VALUE=DATE:20270101,nonsense\r\n")]
    public async Task A_rule_without_sense_or_end_comes_to_an_end(string more)
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>();
        try
        {
            await calendar.PreviewImportAsync(new CalendarImportForm { File = Ical.Of(Ical.WholeDay("a", "休", "20270310", more: more)) }, Ct);
        }
        catch (Rejected) { }
    }

    /// <summary>The spans that a file adds.</summary>
    private static async Task<List<string>> ReadAsync(byte[] file)
    {
        await using var host = await TestHost.OpenAsync();
        var before = await StoredAsync(host);
        await (await host.AsAsync(TestUsers.Manager)).Get<CalendarService>().ImportAsync(new CalendarImportForm { File = file }, Ct);
        return [.. (await StoredAsync(host)).Except(before)];
    }

    private static (int New, int Changed, int Same, int Rejected) Counts(ImportReport report) =>
        (report.Count(ImportOutcome.New), report.Count(ImportOutcome.Changed), report.Count(ImportOutcome.Same), report.Count(ImportOutcome.Rejected));

    private static async Task<List<string>> StoredAsync(TestHost host) =>
        [.. (await host.InDatabaseAsync(db => db.CalendarSpans.AsNoTracking().OrderBy(s => s.From).ThenBy(s => s.Kind).ToListAsync(Ct)))
            .Select(s => $"{s.Kind} {s.From:yyyy-MM-dd} {s.To:yyyy-MM-dd} {s.Name}")];
}
