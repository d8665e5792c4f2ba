using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

/// <summary>
/// The rules of DESIGN.md as functions of a source file: its path from the repository's root (with slashes) and its text. Each returns
/// messages for the author of a violation.
/// </summary>
internal static partial class ArchitectureRules
{
    /// <summary>The layers from the bottom. Account and Components are above the slices, yet name none of them: see <see cref="ShellNamesNoSlice"/>.</summary>
    private static readonly string[] Layers =
        ["Shared", "Security", "Live", "Data", "Monitoring", "Media", "Spreadsheets", "Documents", "Registries", "Features", "Account", "Components"];

    /// <summary>The slices from the bottom.</summary>
    private static readonly string[] Slices =
    [
        "Office", "Places", "Calendar", "ServiceLevels", "Inbox", "Outbox", "People", "Replies", "SavedViews", "News", "Repairs", "Fees", "Orders",
        "Voice", "Onboarding", "Reports", "Imports", "Audit", "Operations",
    ];

    /// <summary>Components of the shell that may use the HTTP request, and why.</summary>
    private static readonly Dictionary<string, string> SeesTheRequest = new()
    {
        ["LogisticsAdmin/Components/App.razor"] = "it decides per request between static and interactive rendering, and about the theme cookie",
        ["LogisticsAdmin/Components/Pages/Error.razor"] = "it shows the request's fault number and is always rendered statically",
        ["LogisticsAdmin/Components/Pages/NotFoundPage.razor"] = "it says what was refused by the request's status, and keeps the form of a stale page",
    };

    public static IEnumerable<string> ImportsRunDownwards(string path, string text)
    {
        var own = LayerOf(path);
        foreach (Match named in NamespaceNamed().Matches(Code(text)))
        {
            var (layer, slice) = (Array.IndexOf(Layers, named.Groups["layer"].Value), named.Groups["slice"].Value);
            if (layer < 0) continue;
            if (layer > own.Layer)
                yield return $"{path} names {named.Value}: {Layers[layer]} is above {NameOf(own)}, and imports run only downwards.";
            else if (layer == own.Layer && own.Slice is { } mine && slice.Length > 0 && slice != mine && HeightOf(slice) >= HeightOf(mine))
                yield return $"{path} names {named.Value}: the slice {mine} reads only slices below it, and {slice} is not.";
        }
    }

    /// <summary>Sign-in and shell show what slices register. The root's _Imports apply to all folders, so they name no slice either.</summary>
    public static IEnumerable<string> ShellNamesNoSlice(string path, string text) =>
        (path == "LogisticsAdmin/_Imports.razor" || IsIn("LogisticsAdmin/Components/", path) || IsIn("LogisticsAdmin/Account/", path))
        && SlicesNamed(text).FirstOrDefault() is { } named
            ? [$"{path} names {named}: the shell and sign-in name no slice; slices register what is shown."]
            : [];

    private static IEnumerable<string> SlicesNamed(string text) =>
        NamespaceNamed().Matches(Code(text)).Where(m => m.Groups["layer"].Value == "Features").Select(m => m.Value);

    /// <summary>A new slice must be added to <see cref="Slices"/>, whose order decides what it may read.</summary>
    public static IEnumerable<string> SlicesAreOrdered(string path, string text) =>
        LayerOf(path).Slice is { } slice && !Slices.Contains(slice) ? [$"{path}: the slice {slice} has no place in the order of slices."] : [];

    public static IEnumerable<string> DataKnowsNoFeature(string path, string text) =>
        path.StartsWith("LogisticsAdmin/Data/", StringComparison.Ordinal) && FeaturesNamed().Match(Code(text)) is { Success: true } named
            ? [$"{path} names {named.Value}: Data knows no feature; slices bring their entities by configuration and their sets by an extension."]
            : [];

    /// <summary>What other slices may inject: the service levels in force as one immutable value, which only computes.</summary>
    private static readonly string[] SharedValues = ["ServiceClockCache"];

    /// <summary>A slice may read entities of a lower slice, but must not inject a type that another slice registers.</summary>
    public static IEnumerable<string> SlicesCallNoOtherSlice(string path, string text, IReadOnlyDictionary<string, string> services)
    {
        if (LayerOf(path).Slice is not { } mine) yield break;
        var handed = Handed().Matches(Code(text)).SelectMany(m => m.Groups["name"].Captures).Select(c => c.Value).Distinct();
        foreach (var service in handed.Except(SharedValues))
        {
            if (services.TryGetValue(service, out var slice) && slice != mine)
                yield return $"{path} is handed {service} of {slice}: a slice may read another's entities, never call its service.";
        }
    }

    public static IEnumerable<string> PagesInjectServicesOnly(string path, string text)
    {
        if (!path.EndsWith(".razor", StringComparison.Ordinal) || path.StartsWith("LogisticsAdmin/Account/", StringComparison.Ordinal)) yield break;
        if (SeesTheRequest.ContainsKey(path)) yield break;
        foreach (Match named in BehindServices().Matches(Code(text)))
            yield return $"{path} names {named.Value}: pages inject services; only Account may touch sign-in and the request.";
    }

    public static IEnumerable<string> MudBlazorStaysInTheShell(string path, string text) =>
        path.EndsWith(".cs", StringComparison.Ordinal) && path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal)
        && !path.StartsWith("LogisticsAdmin/Components/", StringComparison.Ordinal) && !path.StartsWith("LogisticsAdmin/Shared/Ui/", StringComparison.Ordinal)
        && Code(text).Contains("MudBlazor", StringComparison.Ordinal)
            ? [$"{path} names MudBlazor: only .razor files, Components and Shared/Ui may."]
            : [];

    public static IEnumerable<string> WritesPassTheTracker(string path, string text) =>
        path is not "LogisticsAdmin/Data/BulkWriter.cs" && path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal)
        && AroundTheTracker().Match(Code(text)) is { Success: true } named
            ? [$"{path} calls {named.Value}: only Data/BulkWriter.cs writes around the change tracker, with audit rows and one ManyChanged."]
            : [];

    public static IEnumerable<string> LibrariesStayAtHome(string path, string text)
    {
        if (!path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal)) yield break;
        if (!path.StartsWith("LogisticsAdmin/Spreadsheets/", StringComparison.Ordinal) && ExcelLibrary().Match(Code(text)) is { Success: true } excel)
            yield return $"{path} names {excel.Value}: only Spreadsheets knows Excel libraries.";
        if (!path.StartsWith("LogisticsAdmin/Documents/", StringComparison.Ordinal) && PdfLibrary().Match(Code(text)) is { Success: true } pdf)
            yield return $"{path} names {pdf.Value}: only Documents knows PDF libraries.";
    }

    public static IEnumerable<string> ProgramIsATableOfContents(string path, string text) =>
        path == "LogisticsAdmin/Program.cs" && Lines(text) >= 120
            ? [$"{path} has {Lines(text)} lines: it reads like a table of contents, under 120 lines, two lines per slice."]
            : [];

    public static IEnumerable<string> ServicesAreSealed(string path, string text) =>
        path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal)
            ? OpenService().Matches(Code(text)).Select(m => $"{path}: {m.Groups["name"].Value} is not sealed; services are concrete and sealed.")
            : [];

    public static IEnumerable<string> NoGrabBags(string path, string text) =>
        GrabBag().Matches(Code(text)).Select(m => $"{path}: the name {m.Groups["name"].Value} says nothing; name the type for what it does.");

    public static IEnumerable<string> FilesAreShort(string path, string text) =>
        Lines(text) > 600 ? [$"{path} has {Lines(text)} lines: split it by meaning, 600 is the limit."] : [];

    /// <summary>The text must include the _Imports of the page's folders.</summary>
    public static IEnumerable<string> PhonePagesAreStatic(string path, string text)
    {
        if (!path.EndsWith(".razor", StringComparison.Ordinal) || PhoneRoute().Match(text) is not { Success: true } route) yield break;
        if (!text.Contains("@attribute [ExcludeFromInteractiveRouting]", StringComparison.Ordinal))
            yield return $"{path} ({route.Groups["route"].Value}) must be static: add @attribute [ExcludeFromInteractiveRouting]; phones lose circuits.";
        if (text.Contains("<Mud", StringComparison.Ordinal))
            yield return $"{path} ({route.Groups["route"].Value}) uses MudBlazor: static pages carry none of its css or js.";
    }

    /// <summary>The repository's root contains only these and dotfiles.</summary>
    public static IEnumerable<string> TopLevelIsFixed(IEnumerable<string> names)
    {
        string[] fixedNames = ["LogisticsAdmin", "LogisticsAdmin.Tests", "seeds", "Directory.Build.props", "global.json", "README.md"];
        string[] ignored = ["artifacts", "TestResults", "storage"];
        var present = names.Where(n => !n.StartsWith('.')).Except(ignored).ToList();
        return present.Except(fixedNames).Select(n => $"{n} does not belong at the top: see “How it is built” in the README.")
            .Concat(fixedNames.Except(present).Select(n => $"{n} is missing at the top."));
    }

    private static (int Layer, string? Slice) LayerOf(string path)
    {
        var parts = path.Split('/');
        if (parts is not ["LogisticsAdmin", var folder, _, ..]) return (Layers.Length, null);
        var layer = Array.IndexOf(Layers, folder);
        return (layer < 0 ? Layers.Length : layer, folder == "Features" && parts.Length > 3 ? parts[2] : null);
    }

    private static string NameOf((int Layer, string? Slice) own) => own.Layer < Layers.Length ? Layers[own.Layer] : "Program";

    private static int HeightOf(string slice) => Array.IndexOf(Slices, slice);

    private static bool IsIn(string folder, string path) => path.StartsWith(folder, StringComparison.Ordinal);

    private static int Lines(string text) => text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The text without comments: a comment may mention anything.</summary>
    private static string Code(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"(?<!:)//[^\n]*|@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    // Injected into a page, a parameter, asked for by type, or any word of a line with [Inject].
    [GeneratedRegex(@"@inject\s+(?<name>\w+)|[(,]\s*(?<name>\w+)\s+\w+\s*(?=[,)])|GetRequiredService<(?<name>\w+)>|\[Inject\](?:\W*?\b(?<name>\w+)\b)*")]
    private static partial Regex Handed();

    [GeneratedRegex(@"\bLogisticsAdmin\.(?<layer>[A-Z]\w*)(?:\.(?<slice>[A-Z]\w*))?|(?<![\w.""/@])(?<layer>Features|Components)\.(?<slice>[A-Z]\w*)")]
    private static partial Regex NamespaceNamed();

    [GeneratedRegex(@"\b(LogisticsAdmin\.)?Features\.\w+")]
    private static partial Regex FeaturesNamed();

    [GeneratedRegex(@"\b(LogisticsDb|IDbContextFactory|UserManager|SignInManager|RoleManager|IHttpContextAccessor|HttpContext)\b")]
    private static partial Regex BehindServices();

    [GeneratedRegex(@"\bExecute(Update|Delete)(Async)?\b")]
    private static partial Regex AroundTheTracker();

    [GeneratedRegex(@"\b(ClosedXML|MiniExcel\w*|DocumentFormat\.OpenXml|ExcelDataReader|SpreadCheetah|NPOI|ExcelNumberFormat)\b")]
    private static partial Regex ExcelLibrary();

    [GeneratedRegex(@"\b(QuestPDF|PdfSharp\w*|MigraDoc|PdfPig|SKDocument\.CreatePdf)\b")]
    private static partial Regex PdfLibrary();

    [GeneratedRegex(@"\bpublic\s+(partial\s+)?class\s+(?<name>\w+(Service|Queries|Intake))\b")]
    private static partial Regex OpenService();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+(?<name>\w*(Helper|Util|Manager|Repository|Repositories)s?)\b")]
    private static partial Regex GrabBag();

    [GeneratedRegex(@"@page\s+""(?<route>/(my|jobs|Account)(/[^""]*)?)""")]
    private static partial Regex PhoneRoute();
}
