using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// An identity that counts must satisfy: <paramref name="Opening"/> plus <paramref name="Plus"/> minus <paramref name="Minus"/> is
/// <paramref name="Closing"/>. Shown and checked.
/// </summary>
public sealed record ReportBalance(LocalName Caption, string Opening, IReadOnlyList<string> Plus, IReadOnlyList<string> Minus, string Closing);
