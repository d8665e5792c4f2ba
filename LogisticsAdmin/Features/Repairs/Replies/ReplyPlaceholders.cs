using System.Text.RegularExpressions;

namespace LogisticsAdmin.Features.Repairs.Replies;

/// <summary>What a text leaves open until it is sent; each has a Chinese and an English spelling, and both work everywhere.</summary>
public static partial class ReplyPlaceholders
{
    /// <summary>In the order in which a form offers them.</summary>
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

    /// <summary>Placeholders that nothing would fill, as typed.</summary>
    public static IReadOnlyList<string> Unknown(string? text) =>
        [.. Braces().Matches(text ?? "").Where(m => !Known.ContainsKey(m.Groups["name"].Value.Trim())).Select(m => m.Value).Distinct()];

    /// <summary>The text with the facts of one ticket, plain as they are.</summary>
    public static string Fill(string text, ReplyFacts facts) =>
        Braces().Replace(text, m => Known.TryGetValue(m.Groups["name"].Value.Trim(), out var of) ? of(facts) : m.Value);

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}")]
    private static partial Regex Braces();
}

/// <summary>What of a ticket fills the placeholders, in the language of the text.</summary>
public sealed record ReplyFacts(string Reporter, string Number, string Place, string Due, string Technician, string Me);
