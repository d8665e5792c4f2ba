namespace LogisticsAdmin.Registries;

/// <summary>
/// Things that are never changed in place: a change ends one and adds another. The audit log tells the fields in which
/// they differ as one change.
/// </summary>
/// <param name="Pairs">Each new thing with the one that it replaced.</param>
/// <param name="Fields">The fields that tell the change.</param>
public sealed record AuditReplacement(IQueryable<ReplacedThing> Pairs, IReadOnlyList<string> Fields);
