namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Words of the sub-slice; see the resource files beside it.</summary>
public sealed class SettingsText;
