using System.Globalization;
using System.Reflection;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Data;

/// <summary>Writes who changed which field, in the same transaction as the change itself.</summary>
internal static class AuditTrail
{
    /// <summary>
    /// Columns of Identity's base class that are not audited, because they are secrets or of no use to an auditor. They can't carry our
    /// attribute.
    /// </summary>
    private static readonly HashSet<string> UnauditedOfIdentity =
    [
        nameof(Person.PasswordHash), nameof(Person.SecurityStamp), nameof(Person.ConcurrencyStamp),
        nameof(Person.NormalizedEmail), nameof(Person.NormalizedUserName), nameof(Person.AccessFailedCount),
    ];

    public static bool IsAudited(IReadOnlyProperty property) =>
        !property.IsPrimaryKey()
        && property.Name != nameof(Versioned.Version)
        && !(typeof(IdentityUser<long>).IsAssignableFrom(property.DeclaringType.ClrType) && UnauditedOfIdentity.Contains(property.Name))
        && property.PropertyInfo?.GetCustomAttribute<NotAuditedAttribute>() is null;

    public static void BeforeSave(LogisticsDb db, PendingChanges changes, DateTimeOffset now, long? actorId)
    {
        foreach (var entry in db.ChangeTracker.Entries().ToList())
        {
            if (entry is { Entity: IdentityUserRole<long> membership, State: EntityState.Added or EntityState.Deleted })
                AuditRole(db, membership, entry.State, now, actorId);
            if (entry.Entity is not IAudited) continue;
            // The source of rows that the app itself adds (reference rows, demo, imports) is known, so only their later changes are recorded.
            if (entry.State == EntityState.Added && actorId is not null) changes.AddedAudited.Add((entry, now, actorId));
            if (entry.State is not (EntityState.Modified or EntityState.Deleted)) continue;
            foreach (var property in entry.Properties.Where(p => (p.IsModified || entry.State == EntityState.Deleted) && IsAudited(p.Metadata)))
                Write(db, entry, property, Text(property.OriginalValue), now, actorId);
        }
    }

    /// <summary>Writes the entries of added rows, whose ids are known now. Returns whether there were any.</summary>
    public static bool AfterSave(LogisticsDb db, PendingChanges changes)
    {
        foreach (var (entry, at, actorId) in changes.AddedAudited)
        {
            foreach (var property in entry.Properties.Where(p => p.CurrentValue is not null && IsAudited(p.Metadata)))
                Write(db, entry, property, null, at, actorId);
        }
        var any = changes.AddedAudited.Count > 0;
        changes.AddedAudited.Clear();
        return any;
    }

    private static void Write(LogisticsDb db, EntityEntry entry, PropertyEntry property, string? old, DateTimeOffset at, long? actorId)
    {
        var now = entry.State == EntityState.Deleted ? null : Text(property.CurrentValue);
        if (old == now) return;
        db.Audit.Add(new AuditEntry
        {
            Entity = entry.Metadata.ClrType.Name,
            EntityId = (long)entry.Property("Id").CurrentValue!,
            Field = property.Metadata.Name,
            Old = old,
            New = now,
            At = at,
            ActorId = actorId,
        });
    }

    private static void AuditRole(LogisticsDb db, IdentityUserRole<long> membership, EntityState state, DateTimeOffset at, long? actorId)
    {
        var role = ((Role)membership.RoleId).ToString();
        db.Audit.Add(new AuditEntry
        {
            Entity = nameof(Person),
            EntityId = membership.UserId,
            Field = nameof(Role),
            Old = state == EntityState.Deleted ? role : null,
            New = state == EntityState.Added ? role : null,
            At = at,
            ActorId = actorId,
        });
    }

    internal static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
