namespace LogisticsAdmin.Documents;

/// <summary>A line below a key figure, such as its target.</summary>
public sealed record TileLine(string Label, string Value);
