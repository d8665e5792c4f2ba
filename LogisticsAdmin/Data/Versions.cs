using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data;

/// <summary>Each save of a thing grows its version by one; the stored one must still be what was read.</summary>
internal static class Versions
{
    public static void Grow(LogisticsDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            if (entry.Metadata.FindProperty(nameof(Versioned.Version)) is not { } property) continue;
            var version = entry.Property(property.Name);
            version.CurrentValue = (long)version.OriginalValue! + 1;
        }
    }
}
