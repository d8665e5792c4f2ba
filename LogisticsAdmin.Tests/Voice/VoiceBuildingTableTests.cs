using Bunit;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Parts;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Complaints per 1,000 residents of each building, beside counting cases and residents one by one.</summary>
public sealed class VoiceBuildingTableTests
{
    private const string PerThousand = "voice.per-thousand";

    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complaints_of_a_building_are_divided_by_its_residents_and_there_is_nothing_where_none_are_known()
    {
        await using var host = await TestHost.OpenAsync();
        await SendAsync(host);
        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "voice");
        var (layout, facts) = (SectionLayout.Of(section), await section.ReadAsync(November, null, Ct));
        var table = section.Tables.Single(t => t.Code == "buildings");

        var lines = new SectionSnapshot(layout, facts).Lines(table);

        var expected = await CountAsync(host);
        var place = table.Figures.Index().Single(f => f.Item == PerThousand).Index;
        Assert.Equal(expected.Keys.Order(), lines.Select(l => l.Key ?? 0).Order());
        Assert.All(lines, l => Assert.Equal(expected[l.Key ?? 0], l.Values[place].Value));
        Assert.Contains(expected.Values, v => v is null);
        Assert.Contains(expected.Values, v => v == 0);
        Assert.Contains(expected.Values, v => v > 0);
        // The same figure over everybody, also with the complaints about no building.
        var (complaints, residents) = await host.InDatabaseAsync(async db =>
            (await db.VoiceCases.CountAsync(c => c.Kind == VoiceKind.Complaint, Ct), await db.Set<Occupancy>().CountAsync(o => o.Until == null, Ct)));
        Assert.Equal(
            decimal.Round(complaints * 1_000m / residents, 4, MidpointRounding.AwayFromZero),
            FigureCalculator.Compute(layout, layout.Figure(PerThousand), facts.Rows).Value);
    }

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Page_workbook_and_document_show_the_same_numbers_and_leave_the_same_lines_empty(string language)
    {
        await using var host = await TestHost.OpenAsync();
        await SendAsync(host);
        var manager = await host.AsAsync(TestUsers.Manager);
        var content = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Content;
        var section = content.Sections.Single(s => s.Layout.Code == "voice");
        var table = section.Layout.Tables.Single(t => t.Code == "buildings");
        var figure = section.Layout.Figure(PerThousand);
        var column = table.Figures.Index().Single(f => f.Item == PerThousand).Index + 1;
        var book = new ReadBack((await manager.Get<ReportFiles>().AsItStandsAsync(November, ReportFileKind.Workbook, language, Ct)).Bytes);
        var model = manager.Get<ReportDocument>().Build(new ReportSource(content, null), language);
        await using var page = new BunitContext();
        page.Services.AddFallbackServiceProvider(manager.Get<IServiceProvider>());
        using var inLanguage = new LanguageScope(language);
        var format = manager.Get<FigureFormat>();
        var values = section.Snapshot.Lines(table).Select(l => l.Values[column - 1].Value).ToList();
        Assert.Contains(values, v => v is null);

        var sheet = book.Sheets.Single(s => s.Name == table.Caption.ToString()).Rows;
        var cell = sheet[0].Index().Single(h => ((string)h.Item!).StartsWith(figure.Words.Name.ToString(), StringComparison.Ordinal)).Index;
        Assert.Equal(values.Select(v => (double?)v), sheet.Skip(1).Select(r => (double?)r[cell]));

        var printed = model.Blocks.OfType<Table>().Single(t => t.Caption.EndsWith(table.Caption.ToString(), StringComparison.Ordinal));
        Assert.Equal(values.Select(v => format.Number(figure, v)), printed.Rows.Select(r => r.Cells[column]));

        var shown = page.Render<BreakdownTable>(p => p.Add(t => t.Period, November).Add(t => t.Section, section).Add(t => t.Table, table));
        var cells = shown.FindAll("tbody tr").Select(r => r.QuerySelectorAll("th, td")[column].TextContent.Trim());
        Assert.Equal(values.Select(v => format.Full(figure, v)), cells);
    }

    /// <summary>Cases about the own building, about one in which nobody is known to live, and about none. Others have residents and no cases.</summary>
    private static async Task SendAsync(TestHost host)
    {
        var resident = await host.AsAsync(TestUsers.Resident);
        var library = await host.InDatabaseAsync(db => db.Set<Building>().Where(b => b.Code == "LIB").Select(b => b.Id).SingleAsync(Ct));
        await resident.SendAsync("一", place: "room");
        await resident.SendAsync("二", place: "room", anonymous: true);
        await resident.SendAsync("三", place: "room", kind: VoiceKind.Suggestion);
        await resident.SendAsync("四", place: $"building:{library}");
        await resident.SendAsync("五");
    }

    /// <summary>By building, 0 for none: null where nobody is known to live.</summary>
    private static Task<Dictionary<long, decimal?>> CountAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        var rooms = await db.Set<Room>().ToDictionaryAsync(r => r.Id, r => r.BuildingId, Ct);
        var residents = (await db.Set<Occupancy>().Where(o => o.Until == null).ToListAsync(Ct)).CountBy(o => rooms[o.RoomId]).ToDictionary();
        var cases = await db.VoiceCases.AsNoTracking().ToListAsync(Ct);
        return residents.Keys.Union(cases.Select(c => c.BuildingId ?? 0)).ToDictionary(b => b, decimal? (long b) =>
            residents.TryGetValue(b, out var people)
                ? decimal.Round(cases.Count(c => c.BuildingId == b && c.Kind == VoiceKind.Complaint) * 1_000m / people, 4, MidpointRounding.AwayFromZero)
                : null);
    });
}
