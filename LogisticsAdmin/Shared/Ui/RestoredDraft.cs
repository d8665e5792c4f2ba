namespace LogisticsAdmin.Shared.Ui;

/// <summary>A dialog's draft as the browser stored it, and the version or state of the object that it was written for.</summary>
public sealed record RestoredDraft(long? Version, IReadOnlyList<DraftField> Fields, string? State = null);
