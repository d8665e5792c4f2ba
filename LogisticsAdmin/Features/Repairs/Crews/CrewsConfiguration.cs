using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Crews;

public static class CrewSets
{
    extension(LogisticsDb db)
    {
        public DbSet<Absence> Absences => db.Set<Absence>();
    }
}

internal sealed class AbsenceConfiguration : IEntityTypeConfiguration<Absence>
{
    public void Configure(EntityTypeBuilder<Absence> absence)
    {
        absence.ToTable("Absences", table =>
        {
            table.HasCheckConstraint("CK_Absences_Days", "\"To\" >= \"From\"");
            table.HasCheckConstraint("CK_Absences_StandIn", "\"StandInId\" IS NULL OR \"StandInId\" <> \"PersonId\"");
        });
        absence.Property(a => a.Note).HasMaxLength(CrewLimits.Note);
        // DutyService checks overlaps within the write; this index only rules out two absences with the same first day.
        absence.HasIndex(a => new { a.PersonId, a.From }).IsUnique().HasFilter("\"CancelledAt\" IS NULL");
        absence.HasIndex(a => new { a.To, a.From });
        absence.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        absence.HasOne<Person>().WithMany().HasForeignKey(a => a.StandInId).OnDelete(DeleteBehavior.Restrict);
        absence.HasOne<Person>().WithMany().HasForeignKey(a => a.EnteredById).OnDelete(DeleteBehavior.Restrict);
        absence.HasOne<Person>().WithMany().HasForeignKey(a => a.CancelledById).OnDelete(DeleteBehavior.Restrict);
    }
}
