using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>Texts and frequencies of demo tickets, from seeds/demo-texts.json (see seeds/README.md).</summary>
internal sealed record DemoTexts
{
    public required IReadOnlyDictionary<string, FaultTexts> ByCategory { get; init; }
    public required IReadOnlyList<double> HourWeights { get; init; }
    public required IReadOnlyList<double> WeekdayWeights { get; init; }
    public required IReadOnlyList<double> MonthWeights { get; init; }
    public required IReadOnlyList<string> Tails { get; init; }
    public required IReadOnlyList<string> TailsEn { get; init; }
    public required IReadOnlyList<string> TriageNotes { get; init; }
    public required IReadOnlyList<string> AssignNotes { get; init; }
    public required IReadOnlyList<string> InternalNotes { get; init; }
    public required IReadOnlyList<string> PublicReplies { get; init; }
    public required IReadOnlyDictionary<HoldReason, IReadOnlyList<string>> HoldNotes { get; init; }
    public required IReadOnlyList<string> RejectReasons { get; init; }
    public required IReadOnlyList<string> DeclineReasons { get; init; }
    public required IReadOnlyList<string> CancelReasons { get; init; }
    public required IReadOnlyList<string> CompleteNotes { get; init; }
    public required IReadOnlyList<string> ReworkReasons { get; init; }
    public required IReadOnlyDictionary<string, CategoryNotes> NotesBy { get; init; }
    public required IReadOnlyDictionary<int, IReadOnlyList<string>> RatingWords { get; init; }
    public required IReadOnlyList<string> NudgeNotes { get; init; }
    public required IReadOnlyList<string> ExtensionReasons { get; init; }
    public required IReadOnlyList<string> GrantNotes { get; init; }
    public required IReadOnlyList<string> RefuseNotes { get; init; }

    /// <summary>By category, the codes of parts that its repairs use, with the largest quantity of each.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> PartsBy { get; init; }

    /// <summary>The most specific notes available: the category's own, else its parent's, else the general ones.</summary>
    public IReadOnlyList<string> Notes(Category category, Func<CategoryNotes, IReadOnlyList<string>?> which, IReadOnlyList<string> general) =>
        CategoryNotesOf(category.Code, which) ?? CategoryNotesOf(category.Parent!.Code, which) ?? general;

    private IReadOnlyList<string>? CategoryNotesOf(string code, Func<CategoryNotes, IReadOnlyList<string>?> which) =>
        NotesBy.TryGetValue(code, out var notes) ? which(notes) : null;
}

internal sealed record CategoryNotes
{
    public IReadOnlyList<string>? Triage { get; init; }
    public IReadOnlyList<string>? Assign { get; init; }
    public IReadOnlyList<string>? Reply { get; init; }
    public IReadOnlyList<string>? Complete { get; init; }
    public IReadOnlyList<string>? Parts { get; init; }
    public IReadOnlyList<string>? Rework { get; init; }
}

internal record SpotTexts
{
    public required DemoSpot Where { get; init; }
    public IReadOnlyList<string>? Rooms { get; init; }
    public required IReadOnlyList<string> Texts { get; init; }
    public double Share { get; init; }
}

internal sealed record FaultTexts : SpotTexts
{
    public required double Weight { get; init; }
    public required IReadOnlyList<double> Months { get; init; }
    public IReadOnlyList<SpotTexts> Elsewhere { get; init; } = [];
}
