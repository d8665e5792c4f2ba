namespace LogisticsAdmin.Shared;

/// <summary>Resources that all slices share.</summary>
public sealed class SharedText;
