namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Words of what is done to tickets: fields and refusals of forms, bulk, undo and photos, notifications.</summary>
public sealed class WorkText;
