namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>The words of retention periods.</summary>
public sealed class RetentionText;
