using LogisticsAdmin.Data;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Registries;

/// <summary>Words of entities whose names need no query of their own.</summary>
public class AuditWords<TText>(params IReadOnlyList<Type> entities) : IAuditWords
{
    public IReadOnlyList<Type> Entities => entities;
    public Type ResourceSource => typeof(TText);

    public virtual IQueryable<EntityName>? Names(LogisticsDb db, Type entity) => null;

    public virtual string? Measure(IStringLocalizer words, string entity, string field, string stored) => null;

    public virtual AuditReplacement? Replacement(LogisticsDb db, Type entity) => null;
}
