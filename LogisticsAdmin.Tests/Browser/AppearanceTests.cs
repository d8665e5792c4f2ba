using System.Runtime.InteropServices;
using LogisticsAdmin.Tests.Benchmarks;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The top bar, the dialogs of the desk and of the service levels, and pages of what does not exist: axe finds nothing.</summary>
[Collection(BrowserWalks.Name)]
public sealed class AppearanceTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(Viewport.Chinese, FontSet.LatinAndChinese)]
    [InlineData(Viewport.Chinese, FontSet.ChineseOnly)]
    [InlineData(Viewport.English, FontSet.LatinAndChinese)]
    [InlineData(Viewport.English, FontSet.ChineseOnly)]
    public async Task On_a_phone_the_search_box_of_the_top_bar_shrinks_and_its_buttons_stay_whole(string language, FontSet fonts)
    {
        var visitor = await SignInAsync(TestUsers.Administrator, new Viewport(language, Width: Viewport.Phone, Fonts: fonts));
        await visitor.GoAsync("/people");
        await visitor.PictureAsync("top-bar");

        var edge = 0d;
        foreach (var (part, least) in new[] { (".logo i", 22), (".search", 32), (".bell > summary", 32), (".menu:not(.bell) > summary", 32) })
        {
            var box = await visitor.Page.Locator($".top {part}").BoundingBoxAsync();
            Assert.NotNull(box);
            Assert.True(box.X >= edge, $"{part} begins at {box.X}, before what stands left of it ends at {edge}");
            Assert.True(box.Width >= least && box.Height >= least, $"{part} is {box.Width} x {box.Height}");
            edge = box.X + box.Width;
        }
        Assert.InRange(edge, 0, Viewport.Phone);
        Assert.Empty(await visitor.ViolationsAsync("/people", asksAxe: false));
    }

    [Fact]
    public async Task The_page_of_something_that_does_not_exist_satisfies_axe()
    {
        var visitor = await SignInAsync(TestUsers.Administrator);
        List<string> problems = [];
        foreach (var address in new[] { "/people/999999", "/imports/batches/999999", "/repairs/BX20200101-9999" })
        {
            await visitor.GoAsync(address);
            await Expect(visitor.Page.Locator(".empty")).ToBeVisibleAsync();
            problems.AddRange(await visitor.ViolationsAsync(address));
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_dialog_of_the_desk_satisfies_axe(bool dark)
    {
        var number = await Fixture.Work.TicketAsync("空调不制冷", 0);
        var assigned = await Fixture.Work.TicketAsync("空调漏水", 1);
        var visitor = await SignInAsync(TestUsers.Dispatcher, new Viewport(Dark: dark));
        List<string> problems = [];
        foreach (var (ticket, key) in new[] { (number, "a"), (number, "u"), (number, "r"), (number, "n"), (number, "?"), (assigned, "h") })
        {
            await visitor.GoAsync($"/repairs?view=All&q={ticket}&t={ticket}");
            await Expect(visitor.Page.Locator("#sheet-title")).ToBeVisibleAsync();
            await visitor.Page.Keyboard.PressAsync(key);
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await visitor.PictureAsync($"dialog-{(key == "?" ? "keys" : key)}");
            problems.AddRange(await visitor.ViolationsAsync($"the dialog of '{key}'"));
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task The_page_of_the_service_levels_and_its_dialogs_satisfy_axe(string language, bool dark)
    {
        var visitor = await SignInAsync(TestUsers.Manager, new Viewport(language, dark));
        var (page, dialog) = (visitor.Page, visitor.Page.GetByRole(AriaRole.Dialog));
        List<string> problems = [];
        await visitor.GoAsync("/repairs/levels");

        await page.ClickAsync("[data-add-level]");
        await InspectAsync("levels-dialog-category");
        await page.SelectOptionAsync("#level-category", new SelectOptionValue { Index = dark ? 2 : 3 });
        await page.FillAsync("#level-completion", "7.5");
        await page.ClickAsync("button[form=level-form]");
        await Expect(page.Locator("#level-why-problem")).Not.ToBeEmptyAsync();
        await InspectAsync("levels-dialog-refused");
        await page.FillAsync("#level-why", "后勤例会纪要 2026-11");
        await page.ClickAsync("button[form=level-form]");
        await Expect(dialog).ToHaveCountAsync(0);

        await page.Locator("tbody[data-category]:not([data-category='']) [data-history]").First.ClickAsync();
        await page.Locator("tbody[data-level=Normal] [data-history]").First.ClickAsync();
        await Expect(page.Locator(".levels .tl")).ToHaveCountAsync(2);
        await visitor.PictureAsync("levels", fullPage: true);
        problems.AddRange(await visitor.ViolationsAsync("/repairs/levels"));

        await page.ClickAsync("[data-add-step]");
        await InspectAsync("levels-dialog-step");
        problems.AddRange(visitor.Problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        async Task InspectAsync(string name)
        {
            await Expect(dialog).ToBeVisibleAsync();
            await visitor.PictureAsync(name);
            problems.AddRange(await visitor.ViolationsAsync(name));
        }
    }

    [Fact]
    public async Task The_pictures_of_the_README_show_the_desk_and_a_phone()
    {
        var pictures = Path.Combine(TestResultFolder.Root, ".readme");
        var retake = Environment.GetEnvironmentVariable("README_PICTURES") == "1";
        if (!retake)
        {
            foreach (var name in new[] { "triage.png", "phone.png" })
                Assert.InRange(new FileInfo(Path.Combine(pictures, name)).Length, 5_000, 150_000);
            return;
        }
        using var store = await BenchStore.WithTicketsAsync(2_000, months: 3);
        await using var app = await TestApp.StartAsync(kestrel: true, storage: store.Directory);
        Directory.CreateDirectory(pictures);
        var work = new AppWithUsers(app);
        var number = await work.TicketAsync("宿舍空调不制冷，室外机有异响", 3);
        var desk = await OpenAsync(app, new Viewport(Width: 1280));
        await desk.SignInAsync(TestUsers.Dispatcher);
        await desk.GoAsync($"/repairs?view=All&t={number}");
        await Expect(desk.Page.Locator("#sheet-title")).ToBeVisibleAsync();
        SaveThumbnail(Path.Combine(pictures, "triage.png"), await desk.Page.ScreenshotAsync(
            new PageScreenshotOptions { Clip = new Clip { Width = 1280, Height = 600 }, Animations = ScreenshotAnimations.Disabled }));
        var phone = await OpenAsync(app, new Viewport(Width: Viewport.Phone));
        await phone.SignInAsync(TestUsers.Resident);
        await phone.GoAsync($"/my/repairs/{number}");
        SaveThumbnail(Path.Combine(pictures, "phone.png"), await phone.Page.ScreenshotAsync(
            new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled }));
    }

    /// <summary>Stores the screenshot with maximum compression and fewer colour levels, which only affects antialiasing.</summary>
    private static void SaveThumbnail(string path, byte[] screenshot)
    {
        using var picture = SKBitmap.Decode(screenshot);
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan())) pixel = (pixel & 0xFFF8F8F8) | ((pixel & 0x00E0E0E0) >> 5);
        using var pixels = picture.PeekPixels();
        using var file = File.Create(path);
        pixels.Encode(file, new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 9));
    }
}
