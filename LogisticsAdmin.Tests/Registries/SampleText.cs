namespace LogisticsAdmin.Tests.Registries;

/// <summary>Resources of <see cref="SampleSlice"/>.</summary>
public sealed class SampleText;
