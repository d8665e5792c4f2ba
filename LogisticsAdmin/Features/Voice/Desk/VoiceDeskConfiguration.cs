using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Voice.Desk;

internal sealed class PersonVoiceDeskSettingsConfiguration : IEntityTypeConfiguration<PersonVoiceDeskSettings>
{
    public void Configure(EntityTypeBuilder<PersonVoiceDeskSettings> settings)
    {
        settings.ToTable("VoiceDeskSettings").HasKey(s => s.PersonId);
        settings.Property(s => s.PersonId).ValueGeneratedNever();
        settings.HasOne<Person>().WithOne().HasForeignKey<PersonVoiceDeskSettings>(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class VoiceDeskSets
{
    extension(LogisticsDb db)
    {
        public DbSet<PersonVoiceDeskSettings> PersonVoiceDeskSettings => db.Set<PersonVoiceDeskSettings>();
    }
}
