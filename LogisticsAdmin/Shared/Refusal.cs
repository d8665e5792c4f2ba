namespace LogisticsAdmin.Shared;

/// <summary>
/// An expected refusal. Services throw one of the four kinds; <see cref="Ui.RefusalText"/> puts it into the reader's language.
/// It carries a key of the slice's words and arguments, never a sentence.
/// </summary>
public abstract class Refusal(string code, Type resourceSource, object?[] args) : Exception(code)
{
    public string Code { get; } = code;
    public Type ResourceSource { get; } = resourceSource;
    public IReadOnlyList<object?> Args { get; } = args;
}
