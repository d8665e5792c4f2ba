namespace LogisticsAdmin.Shared;

/// <summary>What is wrong with one field: a key and arguments, or the validator's own message in the reader's language.</summary>
public sealed record FieldProblem(string Field, string Code, Type ResourceSource, object?[] Args, string? Text);
