using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <inheritdoc cref="IProfileLink"/>
public sealed record ProfileLink(int Order, string Address, LocalName Label) : IProfileLink;
