namespace LogisticsAdmin.Shared;

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
