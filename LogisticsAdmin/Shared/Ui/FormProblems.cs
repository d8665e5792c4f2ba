namespace LogisticsAdmin.Shared.Ui;

/// <summary>The problems of a refused form as text for each field. Problems that no field shows are shown for the whole form.</summary>
public sealed class FormProblems(RefusalText words)
{
    private readonly HashSet<string> _shown = [];
    private Refusal? _refusal;
    private string? _failure;

    /// <summary>The message for the whole form: a refusal without a field, or of a field that is not on the page.</summary>
    public string? OfForm => _refusal switch
    {
        null => _failure,
        Rejected { Problems: { Count: > 0 } problems } =>
            problems.FirstOrDefault(p => !_shown.Any(shown => IsOf(p, shown))) is { } other ? words.Of(other) : null,
        var refusal => words.Of(refusal),
    };

    public void Clear() => (_refusal, _failure) = (null, null);

    /// <summary>Shows that an unexpected error happened, with the number under which it was logged.</summary>
    public void ShowFailure(string errorReference) => (_refusal, _failure) = (null, words.OfFailure(errorReference));

    /// <summary>Stores a refusal. Always returns true, so that it can be passed to <see cref="Actions.RunAsync"/>.</summary>
    public bool ShowRefusal(Refusal refusal)
    {
        _refusal = refusal;
        return true;
    }

    public string? At(string field) => (_refusal as Rejected)?.Problems.FirstOrDefault(p => IsOf(p, field)) is { } problem ? words.Of(problem) : null;

    /// <summary>The field is on the page and shows its own problem.</summary>
    public void Show(string field) => _shown.Add(field);

    public void Hide(string field) => _shown.Remove(field);

    // Rules for each item of a list name it "Roles[0]".
    private static bool IsOf(FieldProblem problem, string field) => problem.Field == field || problem.Field.StartsWith(field + "[", StringComparison.Ordinal);
}
