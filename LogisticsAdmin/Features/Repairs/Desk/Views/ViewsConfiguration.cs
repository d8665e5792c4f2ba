using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

internal sealed class PersonDeskSettingsConfiguration : IEntityTypeConfiguration<PersonDeskSettings>
{
    public void Configure(EntityTypeBuilder<PersonDeskSettings> settings)
    {
        settings.ToTable("DeskLooks").HasKey(l => l.PersonId);
        settings.Property(l => l.PersonId).ValueGeneratedNever();
        settings.HasOne<Person>().WithOne().HasForeignKey<PersonDeskSettings>(l => l.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.Property(v => v.Name).HasMaxLength(ViewLimits.Name);
        view.Property(v => v.Query).HasMaxLength(ViewLimits.Query);
        view.HasIndex(v => new { v.OwnerId, v.Name }).IsUnique();
        view.HasIndex(v => v.Shared);
        view.HasOne<Person>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

public static class ViewSets
{
    extension(LogisticsDb db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
        public DbSet<PersonDeskSettings> PersonDeskSettings => db.Set<PersonDeskSettings>();
    }
}
