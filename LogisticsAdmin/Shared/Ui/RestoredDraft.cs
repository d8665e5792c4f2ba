namespace LogisticsAdmin.Shared.Ui;

/// <summary>What the browser kept of a dialog, and the version of the thing it was written for.</summary>
public sealed record RestoredDraft(long? Version, IReadOnlyList<DraftField> Fields);
