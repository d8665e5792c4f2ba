using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <inheritdoc cref="ISettingsSection"/>
public sealed record SettingsSection(int Order, string Address, LocalName Title, LocalName About, string Icon, string Policy) : ISettingsSection;
