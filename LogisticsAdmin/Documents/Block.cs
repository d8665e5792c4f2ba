namespace LogisticsAdmin.Documents;

/// <summary>A part of a document, from top to bottom.</summary>
public abstract record Block;
