using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Rooms;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace LogisticsAdmin.Tests.Places;

/// <summary>门贴: what is on the sheets, and that an independent reader reads the codes.</summary>
public sealed partial class DoorSignTests
{
    private static readonly Dictionary<string, string> Settings = new() { ["Office:Address"] = "https://repairs.example.edu/logistics/" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_floor_has_eight_signs_a_sheet_and_the_codes_lead_to_the_rooms()
    {
        await using var app = await TestApp.StartAsync(settings: Settings);
        var building = await BuildingAsync(app);
        var office = await app.SignInAsync(TestUsers.Dispatcher);
        var page = await office.PageAsync($"/places/signs?building={building}&floor=5");
        var rooms = await app.InDatabaseAsync(db => db.Rooms.Where(r => r.BuildingId == building && r.Floor == 5 && r.RetiredAt == null)
            .OrderBy(r => r.Code).Select(r => new { r.Id, r.Code }).ToListAsync(Ct));
        var signs = page.QuerySelectorAll("article.sign").ToList();
        Assert.Equal(rooms.Select(r => $"{r.Id}"), signs.Select(s => s.GetAttribute("data-room")));
        Assert.All(page.QuerySelectorAll(".sign-sheet").SkipLast(1), s => Assert.Equal(8, s.QuerySelectorAll("article.sign").Length));
        var first = signs[0];
        foreach (var word in new[] { "后勤管理", "竹园3号楼", rooms[0].Code, "扫码报修", "Scan to report", $"repairs.example.edu/logistics/r/{rooms[0].Id}" })
            Assert.Contains(word, first.TextContent, StringComparison.Ordinal);
        foreach (var sign in signs.Take(3))
        {
            var path = sign.QuerySelector("svg path")!.GetAttribute("d")!;
            var size = int.Parse(sign.QuerySelector("svg")!.GetAttribute("viewBox")!.Split(' ')[2], CultureInfo.InvariantCulture);
            Assert.Equal($"https://repairs.example.edu/logistics/r/{sign.GetAttribute("data-room")}", Read(path, size));
        }
        Assert.Null(page.QuerySelector("[style]"));
        Assert.NotNull(page.QuerySelector("[data-print]"));
    }

    [Fact]
    public async Task A_building_has_a_new_sheet_for_each_floor_and_one_room_has_one_sign()
    {
        await using var app = await TestApp.StartAsync(settings: Settings);
        var building = await BuildingAsync(app);
        var office = await app.SignInAsync(TestUsers.Manager);
        var rooms = await app.InDatabaseAsync(db =>
            db.Rooms.Where(r => r.BuildingId == building && r.RetiredAt == null).Select(r => new { r.Id, r.Floor }).ToListAsync(Ct));
        var page = await office.PageAsync($"/places/signs?building={building}");
        Assert.Equal(rooms.Count, page.QuerySelectorAll("article.sign").Length);
        Assert.Equal(rooms.GroupBy(r => r.Floor).Sum(f => (f.Count() + 7) / 8), page.QuerySelectorAll(".sign-sheet").Length);
        var one = await office.PageAsync($"/places/signs?room={rooms[0].Id}");
        Assert.Equal($"{rooms[0].Id}", Assert.Single(one.QuerySelectorAll("article.sign")).GetAttribute("data-room"));
        Assert.NotEmpty((await office.PageAsync("/places/signs")).QuerySelectorAll(".sign-buildings a"));
        using var unknown = await office.GetAsync("/places/signs?building=999999", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Without_the_address_there_are_no_codes_and_the_page_names_the_setting()
    {
        await using var app = await TestApp.StartAsync();
        var page = await (await app.SignInAsync(TestUsers.Dispatcher)).PageAsync($"/places/signs?building={await BuildingAsync(app)}");
        Assert.Empty(page.QuerySelectorAll("svg"));
        Assert.Contains("Office:Address", page.QuerySelector("[data-no-address]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Signs_are_for_the_office(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var signs = (await host.AsAsync(who)).Get<DoorSigns>();
        await Assert.ThrowsAsync<Forbidden>(() => signs.ReadAsync(null, null, null, Ct));
    }

    [Fact]
    public void Long_addresses_are_read_back_too()
    {
        var address = $"https://{new string('a', 60)}.example.edu/{new string('b', 40)}/r/{long.MaxValue}";
        var code = QrPath.Of(address);
        Assert.Equal(address, Read(code.Path, code.Size));
    }

    private static Task<long> BuildingAsync(TestApp app) =>
        app.InDatabaseAsync(db => db.Buildings.Where(b => b.Name == "竹园3号楼").Select(b => b.Id).SingleAsync(Ct));

    /// <summary>Paints the path as a browser does and reads the picture with another library.</summary>
    private static string? Read(string path, int size)
    {
        const int Scale = 6;
        var width = size * Scale;
        var pixels = new byte[width * width];
        Array.Fill(pixels, (byte)255);
        foreach (Match dark in Rectangle().Matches(path))
        {
            var (x, y, w) = (Number(dark, "x"), Number(dark, "y"), Number(dark, "w"));
            for (var row = y * Scale; row < (y + 1) * Scale; row++) Array.Fill(pixels, (byte)0, row * width + x * Scale, w * Scale);
        }
        var picture = new RGBLuminanceSource(pixels, width, width, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture)))?.Text;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<w>\d+)v1h-\d+z")]
    private static partial Regex Rectangle();
}
