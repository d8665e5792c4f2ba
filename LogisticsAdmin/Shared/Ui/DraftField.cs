namespace LogisticsAdmin.Shared.Ui;

/// <summary>A field of a dialog by id or name, and what was typed into it.</summary>
public sealed record DraftField(string Name, string Value);
