namespace LogisticsAdmin.Shared;

/// <summary>The state or the input does not allow it. Field problems name the form's property.</summary>
public sealed class Rejected : Refusal
{
    private Rejected(string code, Type resourceSource, object?[] args, IReadOnlyList<FieldProblem> problems) : base(code, resourceSource, args) =>
        Problems = problems;

    public IReadOnlyList<FieldProblem> Problems { get; }

    public static Rejected Because<TResource>(string code, params object?[] args) => new(code, typeof(TResource), args, []);

    public static Rejected At<TResource>(string field, string code, params object?[] args) =>
        new(code, typeof(TResource), args, [new FieldProblem(field, code, typeof(TResource), args, null)]);

    public static Rejected Fields(IReadOnlyList<FieldProblem> problems) => new("Invalid", typeof(SharedText), [], problems);
}
