using System.Text;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The import wizard in a real browser, from the file to the undo.</summary>
public sealed class ImportTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(Viewport.Chinese, false, Viewport.Desk, "A")]
    [InlineData(Viewport.English, true, Viewport.Desk, "B")]
    [InlineData(Viewport.Chinese, true, Viewport.Phone, "C")]
    public async Task A_file_is_checked_imported_and_undone_and_every_step_satisfies_axe(string language, bool dark, int width, string series)
    {
        var visitor = await SignInAsync(TestUsers.Administrator, new Viewport(language, dark, width));
        var page = visitor.Page;
        List<string> problems = [];
        await visitor.GoAsync("/imports/people");
        await visitor.ChooseFileAsync("#import-file", new FilePayload
        {
            Name = $"新生名单{series}.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("2026级新生名单\n学号,姓名,性别,班级,楼栋,房间,床位\n"
                + $"77{series}001,张三,男,物理2601,竹园1号楼,10{series[0] - 'A' + 1},1\n"
                + $"77{series}002,李四,女,物理2601,,,\n77{series}003,王五,男,物理2601,竹园99号楼,101,1\n"),
        });
        await Expect(page.Locator("[data-column=number]")).ToBeVisibleAsync();
        await visitor.PictureAsync("import-columns");
        problems.AddRange(await visitor.ViolationsAsync("the columns"));

        await page.Locator("[data-check]").ClickAsync();
        await Expect(page.Locator("button[data-outcome=Rejected]")).ToHaveAttributeAsync("data-count", "1");
        await Expect(page.Locator("tr[data-row='5']")).ToContainTextAsync("竹园99号楼");
        await visitor.PictureAsync("import-check");
        problems.AddRange(await visitor.ViolationsAsync("the check"));
        await Expect(page.Locator("[data-commit]")).ToBeDisabledAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-reasons]").ClickAsync());
        Assert.EndsWith(".xlsx", download.SuggestedFilename, StringComparison.Ordinal);

        await page.Locator("[data-good-only]").CheckAsync();
        await page.Locator("[data-commit]").ClickAsync();
        await Expect(page.Locator("[data-done]")).ToBeVisibleAsync();
        await visitor.PictureAsync("import-done");
        problems.AddRange(await visitor.ViolationsAsync("the result"));

        await visitor.GoAsync("/imports");
        var batch = page.Locator("tr[data-batch]", new PageLocatorOptions { HasText = $"新生名单{series}" });
        await Expect(batch.Locator("[data-outcome=New]")).ToHaveAttributeAsync("data-count", "2");
        await visitor.PictureAsync("import-batches");
        problems.AddRange(await visitor.ViolationsAsync("the batches"));
        await batch.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = language == Viewport.Chinese ? "撤销" : "Undo", Exact = true }).ClickAsync();
        await Expect(batch.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        problems.AddRange(visitor.Problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData(Viewport.Chinese, false, Viewport.Desk)]
    [InlineData(Viewport.English, true, Viewport.Phone)]
    public async Task A_foreign_log_is_read_by_its_mapping_of_which_one_value_is_changed(string language, bool dark, int width)
    {
        var visitor = await SignInAsync(TestUsers.Manager, new Viewport(language, dark, width));
        var page = visitor.Page;
        List<string> problems = [];
        var key = $"9{width}";
        await visitor.GoAsync("/imports/tickets");
        await visitor.ChooseFileAsync("#import-file", new FilePayload
        {
            Name = $"animals-{width}.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("Unique Key,Created Date,Closed Date,Complaint Type,Descriptor,Incident Address,City,Status,Borough\n"
                + $"{key}1,6/1/2024 9:30,6/2/2024 10:00,Dead Animal,Cat,12 MAIN ST,BROOKLYN,Closed,BROOKLYN\n"
                + $"{key}2,6/3/2024 13:05,,Rodent,Rat {width},N/A,QUEENS,In Progress,QUEENS\n"),
        });
        var urgency = page.Locator("[data-values=urgency] tr", new PageLocatorOptions { HasText = $"Rat {width}" }).Locator("select");
        await Expect(urgency).ToHaveValueAsync("-1");
        await urgency.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(urgency).Not.ToHaveValueAsync("-1");
        await visitor.PictureAsync("import-mapping", fullPage: true);
        problems.AddRange(await visitor.ViolationsAsync("the mapping"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-keep-mapping]").ClickAsync());
        Assert.Equal("nyc-311.map.json", download.SuggestedFilename);

        await page.Locator("[data-check]").ClickAsync();
        await page.Locator("[data-commit]").ClickAsync();
        await Expect(page.Locator("[data-done]")).ToBeVisibleAsync();
        var urgent = await Fixture.App.InDatabaseAsync(db =>
            db.RepairTickets.Where(t => t.SourceKey == $"{key}2").Select(t => t.Urgency).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Enum.GetValues<Urgency>()[0], urgent);
        problems.AddRange(visitor.Problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task What_is_no_workbook_is_refused_in_one_sentence_and_another_file_can_be_taken()
    {
        var visitor = await SignInAsync(TestUsers.Administrator);
        await visitor.GoAsync("/imports/people");
        await visitor.ChooseFileAsync(
            "#import-file", new FilePayload { Name = "名单.xlsx", MimeType = "application/octet-stream", Buffer = [0x25, 0x50, 0x44, 0x46, 0, 0, 1, 2, 3] });
        await Expect(visitor.Page.Locator(".problem")).Not.ToBeEmptyAsync();
        await visitor.ChooseFileAsync(
            "#import-file", new FilePayload { Name = "名单.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("学号,姓名\n1,张三") });
        await Expect(visitor.Page.Locator("[data-check]")).ToBeVisibleAsync();
        Assert.Empty(visitor.Problems);
    }
}
