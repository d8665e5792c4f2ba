namespace LogisticsAdmin.Data;

/// <summary>
/// Tokens that must follow each other. If the last one is a word, it also matches longer words, because it may not be typed to the end; a
/// Chinese character is always complete.
/// </summary>
public sealed record SearchPhrase(IReadOnlyList<string> Tokens, bool EndsInWord);
