using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.SavedViews;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    // Views that were saved before other lists had any.
    private const string FirstList = "repairs";

    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.Property(v => v.List).HasMaxLength(ViewLimits.List).HasDefaultValue(FirstList);
        view.Property(v => v.Name).HasMaxLength(ViewLimits.Name);
        view.Property(v => v.Query).HasMaxLength(ViewLimits.Query);
        view.HasIndex(v => new { v.OwnerId, v.List, v.Name }).IsUnique();
        view.HasIndex(v => v.Shared);
        view.HasOne<Person>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class SavedViewSets
{
    extension(LogisticsDb db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
    }
}
