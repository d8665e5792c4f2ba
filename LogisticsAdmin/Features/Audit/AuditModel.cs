using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Features.Audit;

/// <summary>What the database model says about the log: the audited entities and fields, and the type of a stored value.</summary>
internal static class AuditModel
{
    /// <summary>A field of every entity: the import that added a thing. It replaces an entry for each of its fields.</summary>
    public const string ImportBatch = "ImportBatch";

    private const string UndoneAt = "UndoneAt";

    public static IEnumerable<IEntityType> Entities(IModel model) => model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IAudited)));

    public static IEnumerable<IProperty> Properties(IEntityType entity) => entity.GetProperties().Where(AuditTrail.IsAudited);

    public static IReadOnlyList<AuditKind> Kinds(IModel model) => [.. Entities(model).Select(e => new AuditKind(e.ClrType.Name, [.. Fields(e)]))];

    public static IEntityType? Find(IModel model, string entity) => model.GetEntityTypes().FirstOrDefault(e => e.ClrType.Name == entity);

    /// <summary>The entity that a field refers to; null when it holds no id.</summary>
    public static IEntityType? Target(IModel model, string entity, string field) => Find(model, entity)?.FindProperty(field) switch
    {
        null => field == ImportBatch ? Find(model, ImportBatch) : null,
        var property when property.GetContainingForeignKeys().FirstOrDefault() is { } key => key.PrincipalEntityType,
        // Person is below the slices it refers to, so the model has no foreign keys from it.
        _ => field.EndsWith("ById", StringComparison.Ordinal) ? Find(model, nameof(Person)) : null,
    };

    /// <summary>The stored text as a value of the field's type; the text itself when the model has no such field any more.</summary>
    public static object? Value(IModel model, string entity, string field, string? text)
    {
        if (text is null) return null;
        var type = field == nameof(Role) ? typeof(Role) : TypeOf(Find(model, entity)?.FindProperty(field));
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(long) && Money.IsFen(field))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fen) ? new Money(fen) : text;
        if (type.IsEnum) return Enum.TryParse(type, text, out var member) ? member : text;
        if (type == typeof(bool)) return bool.TryParse(text, out var yes) ? yes : text;
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment : text;
        if (type == typeof(DateOnly)) return DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day : text;
        if (type == typeof(TimeOnly)) return TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : text;
        return text;
    }

    /// <summary>What the entries of an act did to its first thing. A value that every stored thing has appears only when a thing is added.</summary>
    public static AuditVerb VerbOf(IModel model, IReadOnlyList<AuditEntry> entries)
    {
        var entity = Find(model, entries[0].Entity);
        var ofFirst = entries.Where(e => e.Entity == entries[0].Entity && e.EntityId == entries[0].EntityId).ToList();
        if (ofFirst.Exists(e => e.Old is null && (e.Field == ImportBatch || IsRequired(e.Field)))) return AuditVerb.Added;
        if (ofFirst.Exists(e => e.New is null && IsRequired(e.Field))) return AuditVerb.Removed;
        return ofFirst.Find(e => e.Field is nameof(IRetirable.RetiredAt) or UndoneAt) switch
        {
            { Field: UndoneAt, Old: null } => AuditVerb.Undone,
            { Old: null } => AuditVerb.Retired,
            { New: null } => AuditVerb.Restored,
            _ => AuditVerb.Changed,
        };

        bool IsRequired(string field) => entity?.FindProperty(field) is { IsNullable: false };
    }

    private static Type TypeOf(IProperty? property) =>
        property?.GetValueConverter() is IMemberNames names ? names.EnumType : property?.ClrType ?? typeof(string);

    private static IEnumerable<string> Fields(IEntityType entity)
    {
        foreach (var property in Properties(entity)) yield return property.Name;
        if (entity.ClrType == typeof(Person)) yield return nameof(Role);
        yield return ImportBatch;
    }
}
