namespace LogisticsAdmin.Data;

/// <summary>
/// Tokens that must follow each other. A phrase that ends in a word, which may still be being typed, also matches longer words; a
/// Chinese character is always whole.
/// </summary>
public sealed record SearchPhrase(IReadOnlyList<string> Tokens, bool EndsInWord);
