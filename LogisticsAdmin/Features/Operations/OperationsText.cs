namespace LogisticsAdmin.Features.Operations;

/// <summary>The words of operations.</summary>
public sealed class OperationsText;
