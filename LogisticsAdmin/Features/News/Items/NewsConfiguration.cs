using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Features.News.Items;

public static class NewsSets
{
    extension(LogisticsDb db)
    {
        public DbSet<NewsItem> NewsItems => db.Set<NewsItem>();
        public DbSet<NewsColumn> NewsColumns => db.Set<NewsColumn>();
        public DbSet<NewsRecipient> NewsRecipients => db.Set<NewsRecipient>();
        public DbSet<NewsFile> NewsFiles => db.Set<NewsFile>();
        public DbSet<NewsTemplate> NewsTemplates => db.Set<NewsTemplate>();
        public DbSet<AudienceGroup> AudienceGroups => db.Set<AudienceGroup>();
        public DbSet<NewsPublisher> NewsPublishers => db.Set<NewsPublisher>();
        public DbSet<NewsTelling> NewsTellings => db.Set<NewsTelling>();
    }
}

internal sealed class NewsItemConfiguration : IEntityTypeConfiguration<NewsItem>
{
    public void Configure(EntityTypeBuilder<NewsItem> item)
    {
        item.ToTable("NewsItems");
        item.Property(i => i.Number).HasMaxLength(20);
        item.Property(i => i.Title).HasMaxLength(NewsLimits.Title);
        item.Property(i => i.TitleEn).HasMaxLength(NewsLimits.Title);
        item.Property(i => i.Summary).HasMaxLength(NewsLimits.Summary);
        item.Property(i => i.SummaryEn).HasMaxLength(NewsLimits.Summary);
        item.Property(i => i.Body).HasMaxLength(NewsLimits.Body);
        item.Property(i => i.BodyEn).HasMaxLength(NewsLimits.Body);
        item.Property(i => i.ReturnedBecause).HasMaxLength(NewsLimits.Reason);
        item.Property(i => i.WithdrawnBecause).HasMaxLength(NewsLimits.Reason);
        item.Property(i => i.Correction).HasMaxLength(NewsLimits.Correction);
        item.Property(i => i.CorrectionEn).HasMaxLength(NewsLimits.Correction);
        item.Property(i => i.Audience).IsAudience();
        item.Ignore(i => i.Content).Ignore(i => i.Outage);
        item.HasIndex(i => i.Number).IsUnique();
        item.HasIndex(i => new { i.State, i.PublishedAt });
        // What the clock looks for: few rows at any time.
        item.HasIndex(i => i.PublishAt).HasFilter("\"State\" = 3");
        item.HasIndex(i => i.ExpiresAt).HasFilter("\"State\" = 4");
        item.HasOne(i => i.Column).WithMany().HasForeignKey(i => i.ColumnId).OnDelete(DeleteBehavior.Restrict);
        item.HasMany(i => i.Revisions).WithOne().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Cascade);
        item.HasMany(i => i.OutageBuildings).WithOne().HasForeignKey(b => b.ItemId).OnDelete(DeleteBehavior.Cascade);
        item.HasOne<Person>().WithMany().HasForeignKey(i => i.AuthorId).OnDelete(DeleteBehavior.Restrict);
        item.HasOne<Person>().WithMany().HasForeignKey(i => i.SubmittedById).OnDelete(DeleteBehavior.Restrict);
        item.HasOne<Person>().WithMany().HasForeignKey(i => i.ReviewedById).OnDelete(DeleteBehavior.Restrict);
        item.HasOne<Person>().WithMany().HasForeignKey(i => i.WithdrawnById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NewsRevisionConfiguration : IEntityTypeConfiguration<NewsRevision>
{
    public void Configure(EntityTypeBuilder<NewsRevision> revision)
    {
        revision.ToTable("NewsRevisions");
        revision.Property(r => r.Title).HasMaxLength(NewsLimits.Title);
        revision.Property(r => r.TitleEn).HasMaxLength(NewsLimits.Title);
        revision.Property(r => r.Summary).HasMaxLength(NewsLimits.Summary);
        revision.Property(r => r.SummaryEn).HasMaxLength(NewsLimits.Summary);
        revision.Property(r => r.Body).HasMaxLength(NewsLimits.Body);
        revision.Property(r => r.BodyEn).HasMaxLength(NewsLimits.Body);
        revision.Property(r => r.Audience).IsAudience();
        revision.Ignore(r => r.Content);
        revision.HasIndex(r => new { r.ItemId, r.Number }).IsUnique();
        revision.HasOne<Person>().WithMany().HasForeignKey(r => r.ById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NewsOutageBuildingConfiguration : IEntityTypeConfiguration<NewsOutageBuilding>
{
    public void Configure(EntityTypeBuilder<NewsOutageBuilding> building)
    {
        building.ToTable("NewsOutageBuildings").HasKey(b => new { b.ItemId, b.BuildingId });
        building.HasOne<Building>().WithMany().HasForeignKey(b => b.BuildingId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NewsFileConfiguration : IEntityTypeConfiguration<NewsFile>
{
    public void Configure(EntityTypeBuilder<NewsFile> file)
    {
        file.ToTable("NewsFiles");
        file.Property(f => f.Name).HasMaxLength(NewsLimits.FileName);
        file.HasIndex(f => f.Key).IsUnique();
        file.HasIndex(f => f.ItemId);
        file.HasOne<NewsItem>().WithMany().HasForeignKey(f => f.ItemId).OnDelete(DeleteBehavior.Cascade);
        file.HasOne<Person>().WithMany().HasForeignKey(f => f.UploadedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NewsRecipientConfiguration : IEntityTypeConfiguration<NewsRecipient>
{
    public void Configure(EntityTypeBuilder<NewsRecipient> recipient)
    {
        recipient.ToTable("NewsRecipients").HasKey(r => new { r.ItemId, r.PersonId });
        recipient.Property(r => r.ClassName).HasMaxLength(60);
        recipient.HasIndex(r => new { r.PersonId, r.ItemId, r.ReadAt });
        recipient.HasIndex(r => new { r.ItemId, r.ReadAt, r.ConfirmedAt });
        recipient.HasOne<NewsItem>().WithMany().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Cascade);
        recipient.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class NewsTellingConfiguration : IEntityTypeConfiguration<NewsTelling>
{
    public void Configure(EntityTypeBuilder<NewsTelling> telling)
    {
        telling.ToTable("NewsTellings").HasKey(t => t.ItemId);
        telling.HasIndex(t => t.IsDone).HasFilter("\"IsDone\" = 0");
        telling.HasOne(t => t.Item).WithOne().HasForeignKey<NewsTelling>(t => t.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class NewsColumnConfiguration : IEntityTypeConfiguration<NewsColumn>
{
    public void Configure(EntityTypeBuilder<NewsColumn> column)
    {
        column.ToTable("NewsColumns");
        column.Property(c => c.Code).HasMaxLength(20);
        column.Property(c => c.Name).HasMaxLength(NewsLimits.ColumnName);
        column.Property(c => c.NameEn).HasMaxLength(NewsLimits.ColumnName * 2);
        column.HasIndex(c => c.Code).IsUnique();
        column.HasOne<Person>().WithMany().HasForeignKey(c => c.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NewsTemplateConfiguration : IEntityTypeConfiguration<NewsTemplate>
{
    public void Configure(EntityTypeBuilder<NewsTemplate> template)
    {
        template.ToTable("NewsTemplates");
        template.Property(t => t.Code).HasMaxLength(30);
        template.Property(t => t.Name).HasMaxLength(NewsLimits.TemplateName);
        template.Property(t => t.NameEn).HasMaxLength(NewsLimits.TemplateName * 2);
        template.Property(t => t.Title).HasMaxLength(NewsLimits.Title);
        template.Property(t => t.TitleEn).HasMaxLength(NewsLimits.Title);
        template.HasIndex(t => t.Code).IsUnique();
        template.HasOne<NewsColumn>().WithMany().HasForeignKey(t => t.ColumnId).OnDelete(DeleteBehavior.Restrict);
        template.HasOne<Person>().WithMany().HasForeignKey(t => t.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AudienceGroupConfiguration : IEntityTypeConfiguration<AudienceGroup>
{
    public void Configure(EntityTypeBuilder<AudienceGroup> group)
    {
        group.ToTable("AudienceGroups");
        group.Property(g => g.Name).HasMaxLength(NewsLimits.GroupName);
        group.Property(g => g.NameEn).HasMaxLength(NewsLimits.GroupName * 2);
        group.Property(g => g.Rule).IsAudience();
        group.HasIndex(g => g.Name).IsUnique().HasFilter("\"RetiredAt\" IS NULL");
        group.HasOne<Person>().WithMany().HasForeignKey(g => g.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NewsPublisherConfiguration : IEntityTypeConfiguration<NewsPublisher>
{
    public void Configure(EntityTypeBuilder<NewsPublisher> publisher)
    {
        publisher.ToTable("NewsPublishers").HasKey(p => p.PersonId);
        publisher.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
        publisher.HasOne<Person>().WithMany().HasForeignKey(p => p.GrantedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class AudienceColumn
{
    private sealed class ToJson() : ValueConverter<AudienceRule, string>(rule => rule.ToJson(), json => AudienceRule.Parse(json));

    private sealed class Compared() : ValueComparer<AudienceRule>((one, other) => object.Equals(one, other), rule => rule.GetHashCode(), rule => rule);

    /// <summary>Stored as JSON; a rule never changes.</summary>
    public static PropertyBuilder<AudienceRule> IsAudience(this PropertyBuilder<AudienceRule> property) => property.HasConversion<ToJson, Compared>();
}
