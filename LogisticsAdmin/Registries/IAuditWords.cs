using LogisticsAdmin.Data;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Registries;

/// <summary>What a slice's entities and their fields are called in the audit log.</summary>
public interface IAuditWords
{
    /// <summary>The entities that are named here.</summary>
    IReadOnlyList<Type> Entities { get; }

    /// <summary>
    /// The type of the resource with the keys Audit.Entity.{Entity}, Audit.Field.{Entity}.{Field} and, where an act on it has words of its own,
    /// Audit.Act.{Entity}.{Verb} with the thing as {0} and the number of other things as {1}. Members of enums are looked up there too, by
    /// {Enum}.{Member}.
    /// </summary>
    Type ResourceSource { get; }

    /// <summary>The names of all things of an entity, retired ones too. Null: they are read from its property Name, FileName or Code.</summary>
    IQueryable<EntityName>? Names(LogisticsDb db, Type entity);

    /// <summary>A stored value with its unit, in the reader's language; null where the value needs no unit.</summary>
    string? Measure(IStringLocalizer words, string entity, string field, string stored) => null;

    /// <summary>How new things of an entity replace earlier ones; null where things are changed in place.</summary>
    AuditReplacement? Replacement(LogisticsDb db, Type entity) => null;
}
