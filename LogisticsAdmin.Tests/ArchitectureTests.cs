using System.Text.RegularExpressions;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests;

/// <summary>Checks the sources against <see cref="ArchitectureRules"/>; each rule must also find a planted violation.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Top = SourceTree.Top;

    private static readonly Dictionary<string, string> Sources = ReadSources();

    /// <summary>Every type that a slice registers for injection, with the slice's name.</summary>
    private static readonly Dictionary<string, string> Services = Sources.Keys
        .Where(p => p.StartsWith("LogisticsAdmin/Features/", StringComparison.Ordinal))
        .SelectMany(p => Registration().Matches(Sources[p]).SelectMany(m => m.Groups["name"].Captures).Select(c => (Name: c.Value, Slice: p.Split('/')[2])))
        .Distinct()
        .Where(s => Sources.Keys.Any(p => p.StartsWith($"LogisticsAdmin/Features/{s.Slice}/", StringComparison.Ordinal) && Declares(Sources[p], s.Name)))
        .ToDictionary(s => s.Name, s => s.Slice);

    [Fact]
    public void The_sources_are_found_at_all()
    {
        Assert.Contains("LogisticsAdmin/Program.cs", Sources.Keys);
        Assert.Equal("Repairs", Services["RepairService"]);
        Assert.Equal("Inbox", Services["InboxService"]);
        Assert.Equal("Repairs", Services["UndoOffers"]);
        Assert.Equal("People", Services["IssuedCodes"]);
    }

    [Fact]
    public void Imports_run_only_downwards()
    {
        Holds(ArchitectureRules.ImportsRunDownwards);
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Shared/Page.cs", "using LogisticsAdmin.Data;");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Live/Feed.cs", "var x = new LogisticsAdmin.Features.Repairs.RepairRow();");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Security/Person.cs", "Features.Places.Room? room;");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Features/Repairs/Pages/Desk.razor", "@using LogisticsAdmin.Components");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Features/Repairs/Pages/_Imports.razor", "@using LogisticsAdmin.Features.Reports");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Data/LogisticsDb.cs", "using LogisticsAdmin.Media;");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Media/PhotoStore.cs", "using LogisticsAdmin.Registries;");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Registries/INavigationItem.cs", "using LogisticsAdmin.Features.Repairs;");
        Finds(ArchitectureRules.ImportsRunDownwards, "LogisticsAdmin/Account/Pages/Login.razor", "@using LogisticsAdmin.Components.Layout");
    }

    [Theory]
    [InlineData("Places", "Calendar")]
    [InlineData("Calendar", "Inbox")]
    [InlineData("Calendar", "Repairs")]
    [InlineData("Places", "Inbox")]
    [InlineData("Inbox", "Repairs")]
    [InlineData("Calendar", "ServiceLevels")]
    [InlineData("ServiceLevels", "Inbox")]
    [InlineData("ServiceLevels", "Repairs")]
    [InlineData("Replies", "Repairs")]
    [InlineData("SavedViews", "Repairs")]
    [InlineData("People", "Replies")]
    [InlineData("People", "Repairs")]
    [InlineData("Repairs", "Fees")]
    [InlineData("Repairs", "Reports")]
    [InlineData("Reports", "Imports")]
    [InlineData("Imports", "Audit")]
    public void A_slice_reads_only_slices_below_it(string slice, string other) =>
        Finds(ArchitectureRules.ImportsRunDownwards, $"LogisticsAdmin/Features/{slice}/X.cs", $"using LogisticsAdmin.Features.{other};");

    [Theory]
    [InlineData("Repairs", "Inbox")]
    [InlineData("Repairs", "Calendar")]
    [InlineData("Calendar", "Places")]
    [InlineData("Repairs", "Repairs.Photos")]
    [InlineData("Repairs", "Replies")]
    [InlineData("Repairs", "SavedViews")]
    [InlineData("Repairs", "People")]
    [InlineData("Audit", "Imports")]
    [InlineData("People", "Places")]
    [InlineData("Reports", "Repairs")]
    public void Reading_a_lower_slice_is_fine(string slice, string other) =>
        Assert.Empty(ArchitectureRules.ImportsRunDownwards($"LogisticsAdmin/Features/{slice}/X.cs", $"using LogisticsAdmin.Features.{other};"));

    [Theory]
    [InlineData("LogisticsAdmin/Components/Layout/NavMenu.razor", "@using LogisticsAdmin.Features.Repairs")]
    [InlineData("LogisticsAdmin/Components/Pages/MyHome.razor", "@inject Features.Repairs.Reading.TicketQueries Repairs")]
    [InlineData("LogisticsAdmin/Components/_Imports.razor", "@using LogisticsAdmin.Features.Inbox")]
    [InlineData("LogisticsAdmin/_Imports.razor", "@using LogisticsAdmin.Features.Inbox")]
    [InlineData("LogisticsAdmin/Account/SignInService.cs", "using LogisticsAdmin.Features.People;")]
    public void Shell_and_sign_in_name_no_slice(string path, string planted)
    {
        Holds(ArchitectureRules.ShellNamesNoSlice);
        Finds(ArchitectureRules.ShellNamesNoSlice, path, planted);
    }

    [Fact]
    public void Every_slice_has_its_place_in_the_order()
    {
        Holds(ArchitectureRules.SlicesAreOrdered);
        Finds(ArchitectureRules.SlicesAreOrdered, "LogisticsAdmin/Features/Parking/Lot.cs", "class Lot;");
    }

    [Fact]
    public void Data_knows_no_feature()
    {
        Holds(ArchitectureRules.DataKnowsNoFeature);
        Finds(ArchitectureRules.DataKnowsNoFeature, "LogisticsAdmin/Data/LogisticsDb.cs", "using LogisticsAdmin.Features.Repairs;");
    }

    [Theory]
    [InlineData("public sealed class RepairReport(InboxService inbox)")]
    [InlineData("public X(int a, InboxService inbox) { }")]
    [InlineData("@inject InboxService Inbox")]
    [InlineData("[Inject] private InboxService Inbox { get; set; } = null!;")]
    [InlineData("services.GetRequiredService<InboxService>()")]
    [InlineData("@inject IssuedCodes Codes")]
    [InlineData("public sealed class RepairReport(EntityNames names)")]
    public void A_slice_is_never_handed_another_s_service(string planted)
    {
        Holds((path, text) => ArchitectureRules.SlicesCallNoOtherSlice(path, text, Services));
        Finds((path, text) => ArchitectureRules.SlicesCallNoOtherSlice(path, text, Services), "LogisticsAdmin/Features/Repairs/X.cs", planted);
    }

    [Theory]
    [InlineData("@inject LogisticsDb Db")]
    [InlineData("@inject IDbContextFactory<LogisticsDb> Databases")]
    [InlineData("@inject UserManager<Person> People")]
    [InlineData("[CascadingParameter] private HttpContext Request { get; set; }")]
    public void Pages_inject_services_only(string planted)
    {
        Holds(ArchitectureRules.PagesInjectServicesOnly);
        Finds(ArchitectureRules.PagesInjectServicesOnly, "LogisticsAdmin/Features/Repairs/Pages/Desk.razor", planted);
    }

    [Fact]
    public void MudBlazor_is_named_only_in_razor_files_the_shell_and_shared_ui()
    {
        Holds(ArchitectureRules.MudBlazorStaysInTheShell);
        Finds(ArchitectureRules.MudBlazorStaysInTheShell, "LogisticsAdmin/Features/Repairs/RepairColours.cs", "using MudBlazor;");
        Finds(ArchitectureRules.MudBlazorStaysInTheShell, "LogisticsAdmin/Shared/Page.cs", "MudBlazor.Color Colour");
    }

    [Theory]
    [InlineData("await db.RepairTickets.ExecuteUpdateAsync(s => s, ct);")]
    [InlineData("db.Audit.ExecuteDelete();")]
    public void Only_the_bulk_writer_writes_around_the_change_tracker(string planted)
    {
        Holds(ArchitectureRules.WritesPassTheTracker);
        Finds(ArchitectureRules.WritesPassTheTracker, "LogisticsAdmin/Features/Repairs/RepairService.cs", planted);
        Assert.Empty(ArchitectureRules.WritesPassTheTracker("LogisticsAdmin/Data/BulkWriter.cs", planted));
    }

    [Theory]
    [InlineData("using ClosedXML.Excel;")]
    [InlineData("using MiniExcelLibs;")]
    [InlineData("using QuestPDF.Fluent;")]
    public void Excel_and_pdf_libraries_stay_in_their_folders(string planted)
    {
        Holds(ArchitectureRules.LibrariesStayAtHome);
        Finds(ArchitectureRules.LibrariesStayAtHome, "LogisticsAdmin/Features/Reports/MonthReport.cs", planted);
    }

    [Fact]
    public void The_program_reads_like_a_table_of_contents()
    {
        Holds(ArchitectureRules.ProgramIsATableOfContents);
        Finds(ArchitectureRules.ProgramIsATableOfContents, "LogisticsAdmin/Program.cs", new string('\n', 120) + "x");
    }

    [Fact]
    public void Services_are_sealed()
    {
        Holds(ArchitectureRules.ServicesAreSealed);
        Finds(ArchitectureRules.ServicesAreSealed, "LogisticsAdmin/Features/Fees/FeeService.cs", "public class FeeService(int x)");
        Finds(ArchitectureRules.ServicesAreSealed, "LogisticsAdmin/Features/Fees/FeeQueries.cs", "public partial class FeeQueries");
    }

    [Theory]
    [InlineData("internal static class StringHelper")]
    [InlineData("public sealed class DateUtils;")]
    [InlineData("public sealed record TicketManager(int X);")]
    [InlineData("public interface IRoomRepository")]
    public void No_type_is_a_grab_bag_or_a_repository(string planted)
    {
        Holds(ArchitectureRules.NoGrabBags);
        Finds(ArchitectureRules.NoGrabBags, "LogisticsAdmin/Shared/X.cs", planted);
    }

    [Fact]
    public void No_file_is_longer_than_six_hundred_lines()
    {
        Holds(ArchitectureRules.FilesAreShort);
        Finds(ArchitectureRules.FilesAreShort, "LogisticsAdmin/wwwroot/app.css", new string('\n', 600) + "x");
    }

    [Theory]
    [InlineData("@page \"/my\"")]
    [InlineData("@page \"/jobs/{Number}\"")]
    [InlineData("@page \"/Account/Password\"")]
    [InlineData("@page \"/my/repairs\"\n@attribute [ExcludeFromInteractiveRouting]\n<MudText>x</MudText>")]
    public void Pages_for_phones_are_static(string planted)
    {
        Holds((path, text) => ArchitectureRules.PhonePagesAreStatic(path, text + ImportsFor(path)));
        Finds(ArchitectureRules.PhonePagesAreStatic, "LogisticsAdmin/Features/Repairs/Pages/MyX.razor", planted);
    }

    [Fact]
    public void The_top_of_the_repository_is_fixed()
    {
        string[] whole = ["LogisticsAdmin", "LogisticsAdmin.Tests", "seeds", "Directory.Build.props", "global.json", "README.md", ".ci", ".gitignore"];
        Assert.Empty(ArchitectureRules.TopLevelIsFixed(whole));
        Assert.Single(ArchitectureRules.TopLevelIsFixed([.. whole, "docs"]));
        Assert.Single(ArchitectureRules.TopLevelIsFixed(whole.Skip(1)));
        Assert.Empty(ArchitectureRules.TopLevelIsFixed(Directory.EnumerateFileSystemEntries(Top).Select(e => Path.GetFileName(e))));
    }

    [Fact]
    public void What_a_comment_mentions_binds_nobody() =>
        Assert.Empty(ArchitectureRules.ImportsRunDownwards(
            "LogisticsAdmin/Shared/Page.cs",
            "/// <see cref=\"LogisticsAdmin.Data.LogisticsDb\"/>\n@* LogisticsAdmin.Features.Repairs *@"));

    private static void Holds(Func<string, string, IEnumerable<string>> rule)
    {
        var broken = Sources.SelectMany(s => rule(s.Key, s.Value)).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static void Finds(Func<string, string, IEnumerable<string>> rule, string path, string planted) => Assert.NotEmpty(rule(path, planted));

    private static string ImportsFor(string path)
    {
        var imports = Sources.Keys.Where(p => p.EndsWith("/_Imports.razor", StringComparison.Ordinal)
            && path.StartsWith(p[..^"_Imports.razor".Length], StringComparison.Ordinal) && p != path);
        return "\n" + string.Join('\n', imports.Select(p => Sources[p]));
    }

    private static Dictionary<string, string> ReadSources()
    {
        string[] kinds = [".cs", ".razor", ".js", ".css"];
        return new[] { "LogisticsAdmin", "LogisticsAdmin.Tests" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Top, project), "*", SearchOption.AllDirectories))
            .Select(file => (File: file, Path: Path.GetRelativePath(Top, file).Replace('\\', '/')))
            .Where(f => kinds.Contains(Path.GetExtension(f.File)) && !Built().IsMatch(f.Path))
            // The planted violations in these tests don't count.
            .Where(f => !f.Path.StartsWith("LogisticsAdmin.Tests/Architecture", StringComparison.Ordinal))
            .ToDictionary(f => f.Path, f => File.ReadAllText(f.File));
    }

    [GeneratedRegex(@"^[^/]+/(bin|obj|storage|TestResults)/|^LogisticsAdmin/Data/Sqlite/Migrations/")]
    private static partial Regex Built();

    private static bool Declares(string text, string type) => Regex.IsMatch(text, $@"\b(class|record|interface)\s+{type}\b");

    [GeneratedRegex(@"\bAdd(Scoped|Singleton|Transient|HostedService)<(?<name>\w+)(,\s*(?<name>\w+))?>")]
    private static partial Regex Registration();
}
