using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>What a slice's entities and their fields are called in the audit log.</summary>
public interface IAuditWords
{
    /// <summary>The entities that are named here.</summary>
    IReadOnlyList<Type> Entities { get; }

    /// <summary>
    /// The type of the resource with the keys Audit.Entity.{Entity} and Audit.Field.{Entity}.{Field}. Members of enums are looked up there too,
    /// by {Enum}.{Member}.
    /// </summary>
    Type ResourceSource { get; }

    /// <summary>The names of all things of an entity, retired ones too. Null: they are read from its property Name, FileName or Code.</summary>
    IQueryable<EntityName>? Names(LogisticsDb db, Type entity);
}
