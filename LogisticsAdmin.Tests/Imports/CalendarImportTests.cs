using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Imports of the office calendar.</summary>
public sealed class CalendarImportTests
{
    private const string Calendar = "calendar";

    private const string Year = """
        2029年放假安排
        节日,类型,开始日期,结束日期
        元旦,放假,2029-01-01,2029年1月3日
        元旦补班,调休,2029/1/9,
        寒假,寒假,20290118,20290221
        """;

    [Fact]
    public async Task A_year_comes_in_and_the_same_file_changes_nothing_the_second_time()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (_, counts) = await manager.ImportAsync(Calendar, Year);
        Assert.Equal(new ImportCounts(3, 0, 0, 0), counts);
        var calendar = await manager.Get<CalendarService>().ReadAsync(2029, Ct);
        Assert.Equal((DayState.Holiday, DayState.MakeUpWorkday, DayState.TermBreak),
            (calendar.On(new(2029, 1, 2)).State, calendar.On(new(2029, 1, 9)).State, calendar.On(new(2029, 2, 1)).State));
        await using var again = await manager.CheckAsync(Calendar, Year);
        Assert.Equal(new ImportCounts(0, 0, 3, 0), again.Counts);
    }

    [Fact]
    public async Task Overlaps_and_turned_ends_are_refused_with_their_rows()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync(Calendar, """
            类型,开始日期,结束日期,名称
            放假,2029-05-01,2029-05-05,劳动节
            放假,2029-05-03,2029-05-04,青年节
            放假,2029-06-09,2029-06-08,端午节
            什么,03/04/2029,,清明节
            """);
        Assert.Equal([ImportOutcome.New, ImportOutcome.Rejected, ImportOutcome.Rejected, ImportOutcome.Rejected], session.Verdicts!.Select(v => v.Outcome));
        Assert.Equal(["from: Refusal.OverlapsSpan"], session.Wrong(3));
        Assert.Equal(["to: Refusal.EndsBeforeStart"], session.Wrong(4));
        Assert.Equal(["from: Import.DateAmbiguous", "kind: Import.ChoiceUnknown"], session.Wrong(5).Order());
    }

    [Fact]
    public async Task Undo_removes_what_is_new_gives_back_what_was_changed_and_keeps_what_was_touched()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        await manager.ImportAsync(Calendar, Year);
        var (batch, _) = await manager.ImportAsync(Calendar, "类型,开始日期,结束日期,名称\n放假,2029-01-01,2029-01-04,元旦\n放假,2029-04-05,,清明节\n放假,2029-05-01,,劳动节");
        var touched = await host.InDatabaseAsync(db => db.CalendarSpans.AsNoTracking().SingleAsync(s => s.From == new DateOnly(2029, 5, 1), Ct));
        await manager.Get<CalendarService>().ChangeSpanAsync(touched.Id,
            new SpanForm { Version = touched.Version, Kind = touched.Kind, From = touched.From, To = new(2029, 5, 5), Name = touched.Name }, Ct);

        var report = await manager.Imports.UndoAsync(batch, Ct);
        Assert.Equal((2, "2029-05-01 劳动节"), (report.Undone, Assert.Single(report.Skipped).Label));
        var spans = await host.InDatabaseAsync(db => db.CalendarSpans.AsNoTracking()
            .Where(s => s.From >= new DateOnly(2029, 1, 1) && s.From <= new DateOnly(2029, 5, 31) && s.Kind == SpanKind.Holiday).OrderBy(s => s.From)
            .ToListAsync(Ct));
        Assert.Equal([(new(2029, 1, 1), new(2029, 1, 3)), (new(2029, 5, 1), new(2029, 5, 5))], spans.Select(s => (s.From, s.To)));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Whoever_does_not_keep_the_calendar_finds_no_such_import(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(userName)).OpenAsync(Calendar, Year));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
