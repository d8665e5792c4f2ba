using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.People;

internal sealed class PeopleSettingsConfiguration : IEntityTypeConfiguration<PeopleSettings>
{
    public void Configure(EntityTypeBuilder<PeopleSettings> settings)
    {
        settings.ToTable("PeopleSettings").HasKey(s => s.PersonId);
        settings.Property(s => s.PersonId).ValueGeneratedNever();
        settings.HasOne<Person>().WithOne().HasForeignKey<PeopleSettings>(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
