namespace LogisticsAdmin.Shared;

/// <summary>
/// An expected refusal. Services throw one of the four kinds; <see cref="Ui.RefusalText"/> puts it into the reader's language.
/// It carries a key of the slice's words and arguments, never a sentence.
/// </summary>
public abstract class Refusal(string code, Type words, object?[] args) : Exception(code)
{
    public string Code { get; } = code;
    public Type Words { get; } = words;
    public IReadOnlyList<object?> Args { get; } = args;
}

/// <summary>It does not exist, or the person may not see it.</summary>
public sealed class NotFound() : Refusal("NotFound", typeof(SharedText), []);

/// <summary>The person may see it but not do this.</summary>
public sealed class Forbidden() : Refusal("Forbidden", typeof(SharedText), []);

/// <summary>Somebody else changed it first. Says who and what it is now; nothing of this change is stored.</summary>
public sealed class Stale(string? by, string? theirs)
    : Refusal(by is null ? "Stale" : string.IsNullOrEmpty(theirs) ? "StaleWho" : "StaleBy", typeof(SharedText), [by, theirs])
{
    public string? By { get; } = by;
    public string? Theirs { get; } = theirs;
}

/// <summary>The state or the input does not allow it. Field problems name the form's property.</summary>
public sealed class Rejected : Refusal
{
    private Rejected(string code, Type words, object?[] args, IReadOnlyList<FieldProblem> problems) : base(code, words, args) => Problems = problems;

    public IReadOnlyList<FieldProblem> Problems { get; }

    public static Rejected Because<TWords>(string code, params object?[] args) => new(code, typeof(TWords), args, []);

    public static Rejected At<TWords>(string field, string code, params object?[] args) =>
        new(code, typeof(TWords), args, [new FieldProblem(field, code, typeof(TWords), args, null)]);

    public static Rejected Fields(IReadOnlyList<FieldProblem> problems) => new("Invalid", typeof(SharedText), [], problems);
}

/// <summary>What is wrong with one field: a key and arguments, or the validator's own message in the reader's language.</summary>
public sealed record FieldProblem(string Field, string Code, Type Words, object?[] Args, string? Text);
