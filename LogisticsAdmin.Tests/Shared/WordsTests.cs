using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FluentValidation;
using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>Both languages are complete: every key that code, pages and forms use exists in English and in Chinese.</summary>
public sealed partial class WordsTests
{
    private static readonly IReadOnlyDictionary<string, string> Code = SourceTree.App(".cs", ".razor");

    /// <summary>Keys and values by resource file ("TicketsText") and language.</summary>
    private static readonly Dictionary<string, (Dictionary<string, string> En, Dictionary<string, string> Zh)> Words = ReadWords();

    private static readonly System.Reflection.Assembly App = typeof(LogisticsDb).Assembly;

    [Fact]
    public void Both_languages_have_the_same_keys_with_values_and_places_for_arguments()
    {
        List<string> wrong = [];
        Assert.True(Words.Count >= 5);
        foreach (var (file, (en, zh)) in Words)
        {
            wrong.AddRange(en.Keys.Except(zh.Keys).Select(k => $"{file}: {k} has no Chinese"));
            wrong.AddRange(zh.Keys.Except(en.Keys).Select(k => $"{file}: {k} has no English"));
            foreach (var key in en.Keys.Intersect(zh.Keys))
            {
                if (string.IsNullOrWhiteSpace(en[key]) || string.IsNullOrWhiteSpace(zh[key])) wrong.Add($"{file}: {key} is empty");
                if (!Places(en[key]).SetEquals(Places(zh[key]))) wrong.Add($"{file}: {key} takes different arguments: “{en[key]}” and “{zh[key]}”");
                if (Untranslated(zh[key])) wrong.Add($"{file}: {key} is not translated: “{zh[key]}”");
                // The names of languages are in the language itself.
                if (Chinese().IsMatch(en[key]) && !key.Contains("Language", StringComparison.Ordinal))
                    wrong.Add($"{file}: {key} is Chinese in English: “{en[key]}”");
            }
        }
        Nothing(wrong);
    }

    [Fact]
    public void An_English_sentence_among_the_Chinese_would_be_found()
    {
        Assert.True(Untranslated("Please try again."));
        Assert.False(Untranslated("CSV"));
        Assert.False(Untranslated("{0} – {1}"));
        Assert.False(Untranslated("{0} 张 new"));
    }

    [Fact]
    public void An_enum_that_is_shown_has_words_for_every_member()
    {
        List<string> wrong = [];
        var enums = App.GetTypes().Where(t => t.IsEnum).ToLookup(t => t.Name);
        string[] shown = ["TicketStatus", "Urgency", "HoldReason", "RepairVerb", "RepairView"];
        foreach (var (file, (en, _)) in Words)
        {
            foreach (var name in en.Keys.Where(k => k.Contains('.')).Select(k => k.Split('.')[0]).Distinct())
            {
                foreach (var type in enums[name])
                    wrong.AddRange(Enum.GetNames(type).Where(m => !en.ContainsKey($"{name}.{m}")).Select(m => $"{file}: {name}.{m} is missing"));
            }
        }
        wrong.AddRange(shown
            .Where(name => !Words.Values.Any(w => w.En.Keys.Any(k => k.StartsWith($"{name}.", StringComparison.Ordinal))))
            .Select(n => $"{n} has no words"));
        Nothing(wrong);
    }

    [Fact]
    public void Every_refusal_thrown_has_words()
    {
        List<string> wrong = [];
        var found = 0;
        foreach (var (path, text) in Code)
        {
            foreach (Match thrown in Thrown().Matches(text))
            {
                found++;
                var (file, code) = (thrown.Groups["words"].Value, thrown.Groups["code"].Value);
                if (!Words.TryGetValue(file, out var words) || !words.En.ContainsKey($"Refusal.{code}")) wrong.Add($"{path}: {file} has no Refusal.{code}");
            }
        }
        Assert.True(found > 10);
        foreach (var code in new[] { "NotFound", "Forbidden", "Stale", "StaleBy", "StaleWho", "Invalid" })
            if (!Words["SharedText"].En.ContainsKey($"Refusal.{code}")) wrong.Add($"SharedText has no Refusal.{code}");
        Nothing(wrong);
    }

    [Fact]
    public void Every_validated_field_is_called_something_in_both_languages()
    {
        List<string> wrong = [];
        ValidatorNames.Install();
        var validators = App.GetTypes()
            .Where(t => t is { IsAbstract: false, ContainsGenericParameters: false } && t.IsAssignableTo(typeof(IValidator))).ToList();
        Assert.True(validators.Count >= 5);
        foreach (var type in validators)
        {
            var form = Ancestors(type).First(b => b.IsGenericType && b.GetGenericTypeDefinition() == typeof(AbstractValidator<>)).GetGenericArguments()[0];
            var file = ValidatorNames.WordsOf(form)?.Name;
            foreach (var member in CreateValidator(type).CreateDescriptor().GetMembersWithValidators().Select(m => m.Key))
            {
                if (file is null || !Words.TryGetValue(file, out var words) || !words.En.ContainsKey($"Field.{member}"))
                    wrong.Add($"{type.Name}: {file ?? form.Namespace} has no Field.{member}");
            }
        }
        Nothing(wrong);
    }

    [Fact]
    public void Every_word_asked_for_is_there()
    {
        List<string> wrong = [];
        var (pages, code) = (0, 0);
        foreach (var (path, text) in Code)
        {
            var isPage = path.EndsWith(".razor", StringComparison.Ordinal);
            foreach (var (name, files) in isPage ? LocalizersOf(path) : LocalizersIn(text))
            {
                foreach (var key in Asked(text, name))
                {
                    if (isPage) pages++;
                    else code++;
                    if (!files.Any(file => Has(file, key))) wrong.Add($"{path}: {string.Join(" or ", files)} has no {key}");
                }
            }
        }
        Assert.True(pages > 20 && code > 20);
        Nothing(wrong);
    }

    [Fact]
    public void A_word_that_is_not_there_would_be_found()
    {
        const string code = """
            T["One"]; @T["Two", 2]; T[few ? "Few" : none ? "None" : "Many", n]; T[$"Urgency.{urgency}"]; T[$"{nameof(Urgency)}.{urgency}"]; Other["Three"];
            """;
        Assert.Equal(["One", "Two", "Few", "None", "Many", "Urgency.…", "Urgency.…"], Asked(code, "T"));
        Assert.True(Has("ServiceLevelsText", "Urgency.…"));
        Assert.False(Has("ServiceLevelsText", "TicketStatus.…"));
        Assert.True(Has("ServiceLevelsText", "Urgency.Normal"));
        Assert.False(Has("ServiceLevelsText", "Urgency.Forgotten"));
    }

    [Fact]
    public void Every_word_is_asked_for()
    {
        // MudBlazor uses the keys of MudText.
        var unused = Words.Where(w => w.Key != "MudText")
            .SelectMany(w => Unused(w.Value.En.Keys, Code.Values).Select(key => $"{w.Key}: nothing asks for {key}")).ToList();
        Nothing(unused);
    }

    [Fact]
    public void A_word_that_nothing_asks_for_would_be_found()
    {
        string[] code = ["""T["Save"]; T[$"Field.{name}"]; T[$"{verb}Warning"]; T.Of(status)"""];
        Assert.Equal(
            ["Saved", "Hint.Title", "TicketStatus.Forgotten"],
            Unused(["Save", "Saved", "Field.Title", "Hint.Title", "DeleteWarning", "TicketStatus.New", "TicketStatus.Forgotten"], code));
    }

    /// <summary>Keys that are neither a literal in the code nor an enum member, and can't be composed by an interpolated string.</summary>
    private static List<string> Unused(IEnumerable<string> keys, IEnumerable<string> code)
    {
        List<Type> enums = [.. App.GetTypes().Where(t => t.IsEnum), typeof(DayOfWeek)];
        HashSet<string> enumNames = [.. enums.Select(t => t.Name)];
        HashSet<string> literals = [.. enums.SelectMany(t => Enum.GetNames(t).Select(m => $"{t.Name}.{m}"))];
        HashSet<string> patterns = [];
        foreach (var text in code)
        {
            foreach (Match literal in Literal().Matches(text)) literals.Add(literal.Groups["text"].Value);
            foreach (Match composed in Composed().Matches(text))
            {
                var (before, after) = (composed.Groups["before"].Value, composed.Groups["after"].Value);
                if (before.Length >= 4 || after.Length >= 4) patterns.Add($@"{Regex.Escape(before)}.+{Regex.Escape(after)}");
            }
        }
        var composable = new Regex($"^({string.Join('|', patterns)})$");
        return [.. keys.Where(key => !literals.Contains(key) && (enumNames.Contains(key.Split('.')[0]) || !composable.IsMatch(key)))];
    }

    /// <summary>The keys that the localizer of this name is asked for; of composed keys the beginning, followed by "…".</summary>
    private static List<string> Asked(string text, string name)
    {
        List<(int At, string Key)> asked = [];
        foreach (Match found in Regex.Matches(text, $@"(?<![\w.]){name}\[(?<what>\$?""[^""]+""|[^""\[\]]+\?( ""[^""]+"" :[^""\[\]]*?)+ ""[^""]+"")[\],]"))
        {
            var what = found.Groups["what"].Value;
            if (!what.StartsWith('$'))
                asked.AddRange(Quoted().Matches(what).Select(m => (found.Index + m.Index, m.Groups["key"].Value)));
            else if (Begun().Match(what) is { Success: true } begun)
                asked.Add((found.Index, $"{begun.Groups["before"].Value}{begun.Groups["dot"].Value}…"));
        }
        return [.. asked.OrderBy(a => a.At).Select(a => a.Key)];
    }

    private static bool Has(string file, string key) => Words.TryGetValue(file, out var words)
        && (key.EndsWith('…') ? words.En.Keys.Any(k => k.StartsWith(key[..^1], StringComparison.Ordinal)) : words.En.ContainsKey(key));

    /// <summary>The localizers that a page can use: its own and those of the _Imports of its folders, the nearest first.</summary>
    private static Dictionary<string, List<string>> LocalizersOf(string path)
    {
        var texts = Code
            .Where(c => c.Key.EndsWith("/_Imports.razor", StringComparison.Ordinal)
                && path.StartsWith(c.Key[..^"_Imports.razor".Length], StringComparison.Ordinal))
            .OrderBy(c => c.Key.Length).Select(c => c.Value).Append(Code[path]);
        Dictionary<string, List<string>> localizers = [];
        foreach (var text in texts)
            foreach (var (name, files) in LocalizersIn(text)) localizers[name] = files;
        return localizers;
    }

    /// <summary>The localizers by name; members of one class may use the same name for different ones.</summary>
    private static Dictionary<string, List<string>> LocalizersIn(string text) =>
        Localizer().Matches(text).GroupBy(m => m.Groups["name"].Value)
            .ToDictionary(g => g.Key, g => g.Select(m => m.Groups["words"].Value).Distinct().ToList());

    /// <summary>Constructed with null arguments: validators use their services only when a rule is applied.</summary>
    private static IValidator CreateValidator(Type validator)
    {
        var constructor = validator.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        return (IValidator)constructor.Invoke(new object?[constructor.GetParameters().Length]);
    }

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var up = type.BaseType; up is not null; up = up.BaseType) yield return up;
    }

    private static HashSet<string> Places(string value) => [.. Place().Matches(value).Select(m => m.Groups["n"].Value)];

    /// <summary>Two or more English words and no Chinese character.</summary>
    private static bool Untranslated(string value) => !Chinese().IsMatch(value) && EnglishWords().IsMatch(Place().Replace(value, ""));

    private static void Nothing(List<string> wrong) => Assert.True(wrong.Count == 0, string.Join('\n', wrong));

    private static Dictionary<string, (Dictionary<string, string>, Dictionary<string, string>)> ReadWords()
    {
        var files = SourceTree.App(".resx");
        return files.Keys.Where(p => !p.EndsWith(".zh-CN.resx", StringComparison.Ordinal)).ToDictionary(
            p => Path.GetFileNameWithoutExtension(p),
            p => (Read(files[p]), files.TryGetValue(p.Replace(".resx", ".zh-CN.resx", StringComparison.Ordinal), out var zh) ? Read(zh) : []));
    }

    private static Dictionary<string, string> Read(string resx) =>
        XDocument.Parse(resx).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    [GeneratedRegex(@"\{(?<n>\d+)[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")]
    private static partial Regex EnglishWords();

    [GeneratedRegex(@"Rejected\.(Because<(?<words>\w+)>\(\s*|At<(?<words>\w+)>\(\s*[^,]+,\s*)""(?<code>\w+)""")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"""(?<text>[\w.]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\$""(?<before>[A-Za-z.]+)\{(?<after>)|\$""(?<before>)\{[^{}""]+\}(?<after>[A-Za-z]+)""")]
    private static partial Regex Composed();

    [GeneratedRegex(@"""(?<key>[^""]+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\$""(?:(?<before>[A-Za-z.]+)\{|\{nameof\((?<before>\w+)\)\}(?<dot>\.))")]
    private static partial Regex Begun();

    [GeneratedRegex(@"IStringLocalizer<(?<words>\w+)>\s+(?<name>\w+)")]
    private static partial Regex Localizer();
}
