using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Replies;

/// <summary>Placeholders in braces, filled when a reply is used. Each has a Chinese and an English name; both work in both languages.</summary>
public static partial class ReplyPlaceholders
{
    /// <summary>In the order in which forms list them.</summary>
    public static readonly IReadOnlyList<(string Zh, string En, Func<ReplyFacts, string> Of)> All =
    [
        ("报修人", "reporter", f => f.Reporter),
        ("单号", "number", f => f.Number),
        ("地点", "place", f => f.Place),
        ("期限", "due", f => f.Due),
        ("维修人员", "technician", f => f.Technician),
        ("我", "me", f => f.Me),
    ];

    private static readonly Dictionary<string, Func<ReplyFacts, string>> Known = All
        .SelectMany(p => new[] { (p.Zh, p.Of), (p.En, p.Of) }).ToDictionary(p => p.Item1, p => p.Of, StringComparer.OrdinalIgnoreCase);

    /// <summary>Placeholders that do not exist, as typed.</summary>
    public static IReadOnlyList<string> Unknown(string? text) =>
        [.. Braces().Matches(text ?? "").Where(m => !Known.ContainsKey(m.Groups["name"].Value.Trim())).Select(m => m.Value).Distinct()];

    /// <summary>Replaces the placeholders; facts are inserted as plain text.</summary>
    public static string Fill(string text, ReplyFacts facts) =>
        Braces().Replace(text, m => Known.TryGetValue(m.Groups["name"].Value.Trim(), out var of) ? of(facts) : m.Value);

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}")]
    private static partial Regex Braces();
}

/// <summary>What fills the placeholders, in the language of the text.</summary>
public sealed record ReplyFacts(string Reporter, string Number, string Place, string Due, string Technician, string Me)
{
    private static readonly ResourceManager Words = new(typeof(RepliesText));

    /// <summary>The facts for a text in this language that <paramref name="author"/> sends.</summary>
    internal static ReplyFacts Of(ReplySubject subject, CultureInfo language, string author, OfficeTime office) => new(
        subject.Reporter ?? Words.GetString("Unknown.Reporter", language)!,
        subject.Number,
        Languages.Known(language.Name) == Languages.Chinese ? subject.Place.Zh : subject.Place.En,
        office.Local(subject.DueAt).ToString(Words.GetString("Format.Due", language), language),
        subject.Technician ?? Words.GetString("Unknown.Technician", language)!,
        author);
}
