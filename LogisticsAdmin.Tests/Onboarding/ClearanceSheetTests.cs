using System.Globalization;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The clearance sheets: one for each person, with what is settled and open.</summary>
public sealed class ClearanceSheetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_has_a_sheet_for_each_person_on_a_page_of_its_own()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await host.InspectAsync("a1", 50);
        await host.InspectAsync("a2");
        await host.KeyAsync("a1", "101-A");
        var sheets = (await host.AsAsync(TestUsers.Dispatcher)).Get<ClearanceSheets>();
        var document = await sheets.ReadAsync(round, Dormitory.ClassName, null, Ct);

        Assert.Equal(Dormitory.Users.Select(u => $"离校清单 住户{u}"), document.Blocks.OfType<Heading>().Select(h => h.Text));
        Assert.Equal(3, document.Blocks.OfType<PageBreak>().Count());
        Assert.Equal(4, document.Blocks.OfType<SignatureBlock>().Count());
        var tables = document.Blocks.OfType<Table>().ToList();
        Assert.Equal(["住户a1", "20230001", Dormitory.ClassName, "调宿1号楼 101-1"], tables[0].Rows.Select(r => r.Cells[1]));
        Assert.Equal(["椅子坏一把，待赔 50.00 元", "未结清: 101-A", "已结清", "未结清"], tables[1].Rows.Select(r => r.Cells[1]));
        Assert.Equal(["已结清 2026-11-22", "已结清", "已结清", "未结清"], tables[3].Rows.Select(r => r.Cells[1]));
        Assert.Equal("未结清", tables[5].Rows[0].Cells[1]);
        Assert.NotEmpty(host.Services.GetRequiredService<IDocumentEngine>().Write(document, cancellation: Ct));
    }

    [Fact]
    public async Task One_person_s_sheet_is_theirs_alone_and_says_when_they_left()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await host.InspectAsync("a1");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var leaver = (await host.LeaverAsync("a1")).Id;
        await desk.Get<LeavingCheckOut>().CheckOutAsync(round, [leaver], ct: Ct);
        var document = await desk.Get<ClearanceSheets>().ReadAsync(round, null, leaver, Ct);
        Assert.Single(document.Blocks.OfType<Heading>());
        Assert.Equal("已结清 2026-11-22", document.Blocks.OfType<Table>().Last().Rows[^1].Cells[1]);
        await Assert.ThrowsAsync<NotFound>(() => desk.Get<ClearanceSheets>().ReadAsync(round, null, 999, Ct));
        await Assert.ThrowsAsync<NotFound>(() => desk.Get<ClearanceSheets>().ReadAsync(999, null, null, Ct));
        Assert.Equal("TooManySheets", (await Assert.ThrowsAsync<Rejected>(() => desk.Get<LeavingQueries>().SheetAsync(round, null, null, 3, Ct))).Code);
    }
}
