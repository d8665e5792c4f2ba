using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Voice.Cases;

public static class VoiceSets
{
    extension(LogisticsDb db)
    {
        public DbSet<VoiceCase> VoiceCases => db.Set<VoiceCase>();
        public DbSet<VoiceEvent> VoiceEvents => db.Set<VoiceEvent>();
        public DbSet<VoiceReporter> VoiceReporters => db.Set<VoiceReporter>();
        public DbSet<VoicePhoto> VoicePhotos => db.Set<VoicePhoto>();
        public DbSet<VoiceLevel> VoiceLevels => db.Set<VoiceLevel>();
        public DbSet<VoicePublication> VoicePublications => db.Set<VoicePublication>();
        public DbSet<VoiceSupport> VoiceSupports => db.Set<VoiceSupport>();
        public DbSet<VoiceNameOpening> VoiceNameOpenings => db.Set<VoiceNameOpening>();
    }
}

internal sealed class VoiceCaseConfiguration : IEntityTypeConfiguration<VoiceCase>
{
    public void Configure(EntityTypeBuilder<VoiceCase> sent)
    {
        sent.ToTable("VoiceCases", table =>
        {
            table.HasCheckConstraint("CK_VoiceCases_Satisfaction", "\"Satisfaction\" IS NULL OR \"Satisfaction\" BETWEEN 1 AND 3");
            table.HasCheckConstraint("CK_VoiceCases_Members", "\"Members\" >= 0");
        });
        sent.Property(c => c.Number).HasMaxLength(20).IsSearched();
        sent.Property(c => c.Text).HasMaxLength(VoiceLimits.Text).IsSearched();
        sent.Property(c => c.PlaceWords).HasMaxLength(400).IsSearched();
        sent.Property(c => c.SubjectKind).HasMaxLength(20);
        sent.Property(c => c.SubjectKey).HasMaxLength(40);
        sent.Ignore(c => c.SearchText);
        sent.HasIndex(c => c.Number).IsUnique();
        sent.HasIndex(c => c.SubmissionKey).IsUnique().HasFilter("\"SubmissionKey\" IS NOT NULL");
        sent.HasIndex(c => new { c.Pressing, c.Id });
        sent.HasIndex(c => new { c.SubmittedAt, c.Id });
        sent.HasIndex(c => c.WatchAt);
        sent.HasIndex(c => c.LeadId);
        sent.HasOne<Centre>().WithMany().HasForeignKey(c => c.CentreId).OnDelete(DeleteBehavior.Restrict);
        sent.HasOne<Crew>().WithMany().HasForeignKey(c => c.CrewId).OnDelete(DeleteBehavior.Restrict);
        sent.HasOne<Building>().WithMany().HasForeignKey(c => c.BuildingId).OnDelete(DeleteBehavior.Restrict);
        sent.HasOne<Room>().WithMany().HasForeignKey(c => c.RoomId).OnDelete(DeleteBehavior.Restrict);
        sent.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Restrict);
        sent.HasOne<VoiceCase>().WithMany().HasForeignKey(c => c.LeadId).OnDelete(DeleteBehavior.Restrict);
        sent.HasMany(c => c.Events).WithOne().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Restrict);
        sent.Navigation(c => c.Events).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class VoiceEventConfiguration : IEntityTypeConfiguration<VoiceEvent>
{
    public void Configure(EntityTypeBuilder<VoiceEvent> written)
    {
        // A name never stands beside what the reporter did.
        written.ToTable("VoiceEvents", table => table.HasCheckConstraint("CK_VoiceEvents_Actor", "(\"Side\" = 2) = (\"ActorId\" IS NOT NULL)"));
        written.Property(e => e.Code).HasMaxLength(40);
        written.Property(e => e.Note).HasMaxLength(VoiceLimits.Text);
        written.HasIndex(e => new { e.CaseId, e.Id });
        written.HasIndex(e => e.Key).IsUnique().HasFilter("\"Key\" IS NOT NULL");
        written.HasOne<Person>().WithMany().HasForeignKey(e => e.ActorId).OnDelete(DeleteBehavior.Restrict);
        written.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VoiceReporterConfiguration : IEntityTypeConfiguration<VoiceReporter>
{
    public void Configure(EntityTypeBuilder<VoiceReporter> reporter)
    {
        reporter.ToTable("VoiceReporters").HasKey(r => r.CaseId);
        reporter.Property(r => r.CaseId).ValueGeneratedNever();
        reporter.HasOne(r => r.Case).WithOne().HasForeignKey<VoiceReporter>(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
        reporter.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        reporter.HasIndex(r => r.PersonId);
    }
}

internal sealed class VoicePhotoConfiguration : IEntityTypeConfiguration<VoicePhoto>
{
    public void Configure(EntityTypeBuilder<VoicePhoto> photo)
    {
        photo.ToTable("VoicePhotos");
        // An answer to several cases has the same picture in each of them.
        photo.HasIndex(p => new { p.Key, p.EventId }).IsUnique();
        photo.HasOne(p => p.Case).WithMany().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Restrict);
        photo.HasOne(p => p.Event).WithMany().HasForeignKey(p => p.EventId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VoiceLevelConfiguration : IEntityTypeConfiguration<VoiceLevel>
{
    public void Configure(EntityTypeBuilder<VoiceLevel> level)
    {
        level.ToTable("VoiceLevels", table => table.HasCheckConstraint("CK_VoiceLevels_Limits", "\"AnswerMinutes\" > 0 AND \"SettleMinutes\" > 0"));
        level.Property(l => l.Why).HasMaxLength(VoiceLimits.Reason);
        level.HasIndex(l => l.From).IsUnique();
    }
}

internal sealed class VoicePublicationConfiguration : IEntityTypeConfiguration<VoicePublication>
{
    public void Configure(EntityTypeBuilder<VoicePublication> published)
    {
        published.ToTable("VoicePublications");
        published.Property(p => p.Title).HasMaxLength(VoiceLimits.Title);
        published.Property(p => p.Question).HasMaxLength(VoiceLimits.Text);
        published.Property(p => p.Answer).HasMaxLength(VoiceLimits.Text);
        published.HasIndex(p => p.CaseId).IsUnique();
        published.HasOne<VoiceCase>().WithMany().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Restrict);
        published.HasOne<Person>().WithMany().HasForeignKey(p => p.PublishedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VoiceSupportConfiguration : IEntityTypeConfiguration<VoiceSupport>
{
    public void Configure(EntityTypeBuilder<VoiceSupport> support)
    {
        support.ToTable("VoiceSupports").HasKey(s => new { s.PublicationId, s.PersonId });
        support.HasOne<VoicePublication>().WithMany().HasForeignKey(s => s.PublicationId).OnDelete(DeleteBehavior.Restrict);
        support.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VoiceNameOpeningConfiguration : IEntityTypeConfiguration<VoiceNameOpening>
{
    public void Configure(EntityTypeBuilder<VoiceNameOpening> opening)
    {
        opening.ToTable("VoiceNameOpenings");
        opening.Property(o => o.Number).HasMaxLength(20);
        opening.Property(o => o.Reason).HasMaxLength(VoiceLimits.Reason);
        opening.HasIndex(o => o.CaseId);
        opening.HasOne<VoiceCase>().WithMany().HasForeignKey(o => o.CaseId).OnDelete(DeleteBehavior.Restrict);
        opening.HasOne<Person>().WithMany().HasForeignKey(o => o.OpenedById).OnDelete(DeleteBehavior.Restrict);
    }
}
