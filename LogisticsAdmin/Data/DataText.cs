namespace LogisticsAdmin.Data;

/// <summary>Resources of the refusals that can occur when a person is stored.</summary>
public sealed class DataText;
