using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Tickets;

public static class RepairSets
{
    extension(LogisticsDb db)
    {
        public DbSet<RepairTicket> RepairTickets => db.Set<RepairTicket>();
        public DbSet<RepairEvent> RepairEvents => db.Set<RepairEvent>();
        public DbSet<RepairPhoto> RepairPhotos => db.Set<RepairPhoto>();
        public DbSet<Category> Categories => db.Set<Category>();
        public DbSet<VisitSlot> VisitSlots => db.Set<VisitSlot>();
        public DbSet<VisitSlotBuilding> VisitSlotBuildings => db.Set<VisitSlotBuilding>();
        public DbSet<CrewCategory> CrewCategories => db.Set<CrewCategory>();
        public DbSet<CrewBuilding> CrewBuildings => db.Set<CrewBuilding>();
    }
}

internal sealed class RepairTicketConfiguration : IEntityTypeConfiguration<RepairTicket>
{
    public void Configure(EntityTypeBuilder<RepairTicket> ticket)
    {
        ticket.ToTable("RepairTickets", table => table.HasCheckConstraint("CK_RepairTickets_Stars", "\"Stars\" IS NULL OR \"Stars\" BETWEEN 1 AND 5"));
        ticket.Property(t => t.Number).HasMaxLength(20).IsSearched();
        ticket.Property(t => t.Description).HasMaxLength(RepairLimits.Description).IsSearched();
        ticket.Property(t => t.PlaceWords).HasMaxLength(400).IsSearched();
        ticket.Property(t => t.ContactPhone).HasMaxLength(RepairLimits.Phone).IsSearched();
        ticket.Property(t => t.ContactName).HasMaxLength(RepairLimits.ContactName).IsSearched();
        ticket.Property(t => t.RatingWords).HasMaxLength(RepairLimits.Note);
        ticket.Property(t => t.Source).HasMaxLength(RepairLimits.Source);
        ticket.Property(t => t.SourceKey).HasMaxLength(RepairLimits.SourceKey).IsSearched();
        ticket.Ignore(t => t.SearchText);

        ticket.HasIndex(t => t.Number).IsUnique();
        ticket.HasIndex(t => new { t.Source, t.SourceKey }).IsUnique().HasFilter("\"SourceKey\" IS NOT NULL");
        DeskIndex.Build(ticket);
        ticket.HasIndex(t => new { t.ReporterId, t.SubmittedAt });
        ticket.HasIndex(t => new { t.RoomId, t.CategoryId, t.EndedAt });
        ticket.HasIndex(t => new { t.RoomId, t.CategoryId, t.SubmittedAt });
        ticket.HasOne<ServiceLevel>().WithMany().HasForeignKey(t => t.ServiceLevelId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasMany(t => t.Pauses).WithOne().HasForeignKey(p => p.TicketId).OnDelete(DeleteBehavior.Restrict);
        // Always loaded, because every verb recalculates the limits and would silently get wrong ones without the pauses.
        ticket.Navigation(t => t.Pauses).UsePropertyAccessMode(PropertyAccessMode.Field).AutoInclude();
        ticket.HasIndex(t => t.WatchAt);
        ticket.HasIndex(t => t.SubmissionKey).IsUnique().HasFilter("\"SubmissionKey\" IS NOT NULL");

        ticket.HasOne<Room>().WithMany().HasForeignKey(t => t.RoomId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Building>().WithMany().HasForeignKey(t => t.BuildingId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Campus>().WithMany().HasForeignKey(t => t.CampusId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Category>().WithMany().HasForeignKey(t => t.CategoryId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<VisitSlot>().WithMany().HasForeignKey(t => t.VisitSlotId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Crew>().WithMany().HasForeignKey(t => t.CrewId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Person>().WithMany().HasForeignKey(t => t.ReporterId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Person>().WithMany().HasForeignKey(t => t.FiledById).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Person>().WithMany().HasForeignKey(t => t.TechnicianId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Person>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<RepairTicket>().WithMany().HasForeignKey(t => t.ReworkOfId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasMany(t => t.Events).WithOne().HasForeignKey(e => e.TicketId).OnDelete(DeleteBehavior.Restrict);
        ticket.Navigation(t => t.Events).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class RepairEventConfiguration : IEntityTypeConfiguration<RepairEvent>
{
    public void Configure(EntityTypeBuilder<RepairEvent> written)
    {
        written.ToTable("RepairEvents");
        written.Property(e => e.Code).HasMaxLength(40);
        written.Property(e => e.Note).HasMaxLength(RepairLimits.Description);
        written.HasIndex(e => new { e.TicketId, e.Id });
        written.HasIndex(e => new { e.ActorId, e.TicketId });
        written.HasIndex(e => e.Key).IsUnique().HasFilter("\"Key\" IS NOT NULL");
        written.HasOne<Person>().WithMany().HasForeignKey(e => e.ActorId).OnDelete(DeleteBehavior.Restrict);
        written.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Restrict);
        written.HasOne<Crew>().WithMany().HasForeignKey(e => e.CrewId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RepairPhotoConfiguration : IEntityTypeConfiguration<RepairPhoto>
{
    public void Configure(EntityTypeBuilder<RepairPhoto> photo)
    {
        photo.ToTable("RepairPhotos");
        photo.HasIndex(p => p.Key).IsUnique();
        photo.HasIndex(p => p.UploadedById);
        photo.HasOne(p => p.Ticket).WithMany().HasForeignKey(p => p.TicketId).OnDelete(DeleteBehavior.Restrict);
        photo.HasOne(p => p.Event).WithMany().HasForeignKey(p => p.EventId).OnDelete(DeleteBehavior.Restrict);
        photo.HasOne<Person>().WithMany().HasForeignKey(p => p.UploadedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.ToTable("Categories").IsNamed();
        category.Property(c => c.PlainName).HasMaxLength(80);
        category.Property(c => c.PlainNameEn).HasMaxLength(120);
        category.Ignore(c => c.PlainLocalName);
        category.HasIndex(c => c.Code).IsUnique();
        category.HasOne(c => c.Parent).WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        category.HasOne(c => c.DefaultCrew).WithMany().HasForeignKey(c => c.DefaultCrewId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VisitSlotConfiguration : IEntityTypeConfiguration<VisitSlot>
{
    public void Configure(EntityTypeBuilder<VisitSlot> slot)
    {
        slot.ToTable("VisitSlots");
        slot.Property(s => s.Code).HasMaxLength(20);
        slot.Property(s => s.RetiredBecause).HasMaxLength(200);
        slot.HasIndex(s => s.Code).IsUnique().HasFilter("\"RetiredAt\" IS NULL");
    }
}

internal sealed class VisitSlotBuildingConfiguration : IEntityTypeConfiguration<VisitSlotBuilding>
{
    public void Configure(EntityTypeBuilder<VisitSlotBuilding> offered)
    {
        offered.ToTable("VisitSlotBuildings").HasKey(o => new { o.SlotId, o.BuildingId });
        offered.HasOne<VisitSlot>().WithMany().HasForeignKey(o => o.SlotId).OnDelete(DeleteBehavior.Cascade);
        offered.HasOne<Building>().WithMany().HasForeignKey(o => o.BuildingId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CrewCategoryConfiguration : IEntityTypeConfiguration<CrewCategory>
{
    public void Configure(EntityTypeBuilder<CrewCategory> covered)
    {
        covered.ToTable("CrewCategories").HasKey(c => new { c.CrewId, c.CategoryId });
        covered.HasOne<Crew>().WithMany().HasForeignKey(c => c.CrewId).OnDelete(DeleteBehavior.Cascade);
        covered.HasOne<Category>().WithMany().HasForeignKey(c => c.CategoryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CrewBuildingConfiguration : IEntityTypeConfiguration<CrewBuilding>
{
    public void Configure(EntityTypeBuilder<CrewBuilding> covered)
    {
        covered.ToTable("CrewBuildings").HasKey(c => new { c.CrewId, c.BuildingId });
        covered.HasOne<Crew>().WithMany().HasForeignKey(c => c.CrewId).OnDelete(DeleteBehavior.Cascade);
        covered.HasOne<Building>().WithMany().HasForeignKey(c => c.BuildingId).OnDelete(DeleteBehavior.Restrict);
    }
}
