namespace LogisticsAdmin.Shared;

/// <summary>Words that every room of the house uses.</summary>
public sealed class SharedText;
