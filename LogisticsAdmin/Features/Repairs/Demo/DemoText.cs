namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>Words of the demo command.</summary>
public sealed class DemoText;
