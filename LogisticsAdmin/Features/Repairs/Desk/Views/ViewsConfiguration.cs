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

public static class ViewSets
{
    extension(LogisticsDb db)
    {
        public DbSet<PersonDeskSettings> PersonDeskSettings => db.Set<PersonDeskSettings>();
    }
}
