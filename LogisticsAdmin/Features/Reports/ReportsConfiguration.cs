using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Reports;

public static class ReportsSets
{
    extension(LogisticsDb db)
    {
        public DbSet<ReportClosing> ReportClosings => db.Set<ReportClosing>();
        public DbSet<ReportComment> ReportComments => db.Set<ReportComment>();
        public DbSet<ReportMonth> ReportMonths => db.Set<ReportMonth>();
        public DbSet<ReportSettings> ReportSettings => db.Set<ReportSettings>();
        public DbSet<ReportTarget> ReportTargets => db.Set<ReportTarget>();
        public DbSet<ReportFile> ReportFiles => db.Set<ReportFile>();
    }
}

internal sealed class ReportClosingConfiguration : IEntityTypeConfiguration<ReportClosing>
{
    public void Configure(EntityTypeBuilder<ReportClosing> closing)
    {
        closing.ToTable("ReportClosings");
        closing.Property(c => c.Hash).HasMaxLength(64);
        closing.Property(c => c.ReopenReason).HasMaxLength(ReportLimits.Reason);
        closing.HasIndex(c => c.Month).IsUnique().HasFilter("\"ReopenedAt\" IS NULL").HasDatabaseName("IX_ReportClosings_InForce");
        closing.HasIndex(c => new { c.Month, c.Number }).IsUnique();
        closing.HasOne(c => c.Content).WithOne().HasForeignKey<ReportClosingContent>(c => c.ClosingId).OnDelete(DeleteBehavior.Cascade);
        closing.HasOne<Person>().WithMany().HasForeignKey(c => c.ClosedById).OnDelete(DeleteBehavior.Restrict);
        closing.HasOne<Person>().WithMany().HasForeignKey(c => c.ReopenedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReportClosingContentConfiguration : IEntityTypeConfiguration<ReportClosingContent>
{
    public void Configure(EntityTypeBuilder<ReportClosingContent> content) => content.ToTable("ReportClosingContents").HasKey(c => c.ClosingId);
}

internal sealed class ReportCommentConfiguration : IEntityTypeConfiguration<ReportComment>
{
    public void Configure(EntityTypeBuilder<ReportComment> comment)
    {
        comment.ToTable("ReportComments");
        comment.Property(c => c.Place).HasMaxLength(ReportLimits.Code);
        comment.Property(c => c.Text).HasMaxLength(ReportLimits.Comment);
        comment.HasIndex(c => new { c.Month, c.Place }).IsUnique();
        comment.HasOne<Person>().WithMany().HasForeignKey(c => c.WrittenById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReportMonthConfiguration : IEntityTypeConfiguration<ReportMonth>
{
    public void Configure(EntityTypeBuilder<ReportMonth> month)
    {
        month.ToTable("ReportMonths");
        month.Property(m => m.DocumentNumber).HasMaxLength(ReportLimits.DocumentNumber);
        month.HasIndex(m => m.Month).IsUnique();
    }
}

internal sealed class ReportSettingsConfiguration : IEntityTypeConfiguration<ReportSettings>
{
    public void Configure(EntityTypeBuilder<ReportSettings> settings) => settings.ToTable("ReportSettings");
}

internal sealed class ReportTargetConfiguration : IEntityTypeConfiguration<ReportTarget>
{
    public void Configure(EntityTypeBuilder<ReportTarget> target)
    {
        target.ToTable("ReportTargets");
        target.Property(t => t.Figure).HasMaxLength(ReportLimits.Code);
        target.HasIndex(t => new { t.Figure, t.Scope, t.ScopeId, t.From }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
        target.HasOne<Person>().WithMany().HasForeignKey(t => t.SetById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReportFileConfiguration : IEntityTypeConfiguration<ReportFile>
{
    public void Configure(EntityTypeBuilder<ReportFile> file)
    {
        file.ToTable("ReportFiles");
        file.Property(f => f.Period).HasMaxLength(ReportLimits.Period);
        file.Property(f => f.Language).HasMaxLength(10);
        file.Property(f => f.Fault).HasMaxLength(40);
        file.HasIndex(f => new { f.ClosingId, f.Kind, f.Language });
        file.HasIndex(f => f.State);
        file.HasOne(f => f.Content).WithOne().HasForeignKey<ReportFileContent>(c => c.FileId).OnDelete(DeleteBehavior.Cascade);
        file.HasOne<ReportClosing>().WithMany().HasForeignKey(f => f.ClosingId).OnDelete(DeleteBehavior.Restrict);
        file.HasOne<Person>().WithMany().HasForeignKey(f => f.RequestedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReportFileContentConfiguration : IEntityTypeConfiguration<ReportFileContent>
{
    public void Configure(EntityTypeBuilder<ReportFileContent> content) => content.ToTable("ReportFileContents").HasKey(c => c.FileId);
}
