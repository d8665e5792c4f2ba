using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>Workbooks as other programs write them; Writers/README.md says how they were made.</summary>
public sealed class WriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Writers => ["LibreOffice", "openpyxl", "XlsxWriter", "ExcelJS", "SheetJS"];

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task People_are_read_with_their_zeros_and_a_class_that_became_a_day_is_refused(string writer)
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using var session = await CheckAsync(admin, "people", writer);
        Assert.Equal("人员", session.Sheet.Name);
        Assert.Equal([ImportOutcome.New, ImportOutcome.New, ImportOutcome.Rejected], session.Verdicts!.Select(v => v.Outcome));
        Assert.Equal(["class: Import.CodeIsDay"], session.Wrong(5));

        await admin.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        var people = await host.InDatabaseAsync(db => db.Users.AsNoTracking().Where(p => p.Number == "000123" || p.Number == "00020001")
            .OrderBy(p => p.Number).ToListAsync(Ct));
        Assert.Equal(
            [
                ("000123", "阿依古丽·艾合买提", "土木,水利学院", "3-2", 2026, "13800000001"),
                ("00020001", "李明", "计算机“智能”学院", "软工2601", 2026, "13800000002"),
            ],
            people.Select(p => (p.Number!, p.FullName, p.College!, p.ClassName!, p.Grade!.Value, p.PhoneNumber!)));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task Rooms_are_found_on_the_second_sheet_and_one_that_became_a_day_is_refused(string writer)
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        await using var session = await CheckAsync(manager, "rooms", writer);
        Assert.Equal("房间", session.Sheet.Name);
        Assert.Equal(["room: Import.CodeIsDay"], session.Wrong(4));

        await manager.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        var rooms = await host.InDatabaseAsync(db => db.Rooms.AsNoTracking().Where(r => r.Code == "0901" || r.Code == "9-02").OrderBy(r => r.Code)
            .Select(r => ValueTuple.Create(r.Building.Name, r.Code, r.Floor, r.Beds.Count)).ToListAsync(Ct));
        Assert.Equal([("竹园3号楼", "0901", 9, 4), ("竹园3号楼", "9-02", 9, 4)], rooms);
    }

    private static async Task<ImportSession> CheckAsync(Desk desk, string kind, string writer)
    {
        await using var file = File.OpenRead(Path.Combine(SourceTree.Top, "LogisticsAdmin.Tests", "Spreadsheets", "Writers", $"{writer}.xlsx"));
        var session = await desk.Imports.OpenAsync(kind, $"{writer}.xlsx", file, Ct);
        await desk.Imports.CheckAsync(session, ct: Ct);
        return session;
    }
}
