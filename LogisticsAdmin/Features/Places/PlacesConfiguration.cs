using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Places;

public static class PlaceSets
{
    extension(LogisticsDb db)
    {
        public DbSet<Campus> Campuses => db.Set<Campus>();
        public DbSet<Building> Buildings => db.Set<Building>();
        public DbSet<Room> Rooms => db.Set<Room>();
        public DbSet<Bed> Beds => db.Set<Bed>();
        public DbSet<Occupancy> Occupancies => db.Set<Occupancy>();
        public DbSet<Centre> Centres => db.Set<Centre>();
        public DbSet<Crew> Crews => db.Set<Crew>();
        public IQueryable<Person> People => db.Users;
    }

    internal static void IsNamed<T>(this EntityTypeBuilder<T> entity) where T : NamedEntity
    {
        entity.Property(x => x.Code).HasMaxLength(40);
        entity.Property(x => x.Name).HasMaxLength(80);
        entity.Property(x => x.NameEn).HasMaxLength(120);
        entity.Property(x => x.RetiredBecause).HasMaxLength(200);
        entity.Ignore(x => x.LocalName).Ignore(x => x.Spellings);
        entity.HasOne<Person>().WithMany().HasForeignKey(x => x.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CampusConfiguration : IEntityTypeConfiguration<Campus>
{
    public void Configure(EntityTypeBuilder<Campus> campus)
    {
        campus.ToTable("Campuses").IsNamed();
        campus.HasIndex(x => x.Code).IsUnique();
    }
}

internal sealed class BuildingConfiguration : IEntityTypeConfiguration<Building>
{
    public void Configure(EntityTypeBuilder<Building> building)
    {
        building.ToTable("Buildings").IsNamed();
        building.HasOne(x => x.Campus).WithMany().HasForeignKey(x => x.CampusId).OnDelete(DeleteBehavior.Restrict);
        building.HasIndex(x => new { x.CampusId, x.Code }).IsUnique();
    }
}

internal sealed class RoomConfiguration : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> room)
    {
        room.ToTable("Rooms").IsNamed();
        room.HasOne(x => x.Building).WithMany().HasForeignKey(x => x.BuildingId).OnDelete(DeleteBehavior.Restrict);
        room.HasIndex(x => new { x.BuildingId, x.Code }).IsUnique().HasFilter("\"RetiredAt\" IS NULL");
        room.HasMany(x => x.Beds).WithOne(b => b.Room).HasForeignKey(b => b.RoomId).OnDelete(DeleteBehavior.Restrict);
        room.Navigation(x => x.Beds).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class BedConfiguration : IEntityTypeConfiguration<Bed>
{
    public void Configure(EntityTypeBuilder<Bed> bed)
    {
        bed.ToTable("Beds");
        bed.Property(x => x.Code).HasMaxLength(20);
        bed.Property(x => x.RetiredBecause).HasMaxLength(200);
        bed.HasIndex(x => new { x.RoomId, x.Code }).IsUnique().HasFilter("\"RetiredAt\" IS NULL");
        bed.HasOne<Person>().WithMany().HasForeignKey(x => x.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OccupancyConfiguration : IEntityTypeConfiguration<Occupancy>
{
    public void Configure(EntityTypeBuilder<Occupancy> stay)
    {
        stay.ToTable("Occupancies", table => table.HasCheckConstraint("CK_Occupancies_Order", "\"Until\" IS NULL OR \"Until\" >= \"From\""));
        stay.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId).OnDelete(DeleteBehavior.Restrict);
        stay.HasOne<Room>().WithMany().HasForeignKey(x => x.RoomId).OnDelete(DeleteBehavior.Restrict);
        stay.HasOne<Bed>().WithMany().HasForeignKey(x => x.BedId).OnDelete(DeleteBehavior.Restrict);
        // At most one occupancy that has not ended for each person and for each bed.
        stay.HasIndex(x => x.PersonId).IsUnique().HasFilter("\"Until\" IS NULL").HasDatabaseName("IX_Occupancies_Person_Now");
        stay.HasIndex(x => x.BedId).IsUnique().HasFilter("\"Until\" IS NULL AND \"BedId\" IS NOT NULL").HasDatabaseName("IX_Occupancies_Bed_Now");
        stay.HasIndex(x => new { x.PersonId, x.From });
        stay.HasIndex(x => new { x.RoomId, x.From });
    }
}

internal sealed class CentreConfiguration : IEntityTypeConfiguration<Centre>
{
    public void Configure(EntityTypeBuilder<Centre> centre)
    {
        centre.ToTable("Centres").IsNamed();
        centre.HasIndex(x => x.Code).IsUnique();
    }
}

internal sealed class CrewConfiguration : IEntityTypeConfiguration<Crew>
{
    public void Configure(EntityTypeBuilder<Crew> crew)
    {
        crew.ToTable("Crews").IsNamed();
        crew.HasOne<Person>().WithMany().HasForeignKey(c => c.LeadId).OnDelete(DeleteBehavior.Restrict);
        crew.HasOne(x => x.Centre).WithMany().HasForeignKey(x => x.CentreId).OnDelete(DeleteBehavior.Restrict);
        crew.HasIndex(x => x.Code).IsUnique();
    }
}

/// <summary>Foreign keys of Person to room, bed and crew, configured here because Person belongs to a layer below.</summary>
internal sealed class PersonPlacesConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.HasOne<Room>().WithMany().HasForeignKey(p => p.RoomId).OnDelete(DeleteBehavior.Restrict);
        person.HasOne<Bed>().WithMany().HasForeignKey(p => p.BedId).OnDelete(DeleteBehavior.Restrict);
        person.HasOne<Crew>().WithMany().HasForeignKey(p => p.CrewId).OnDelete(DeleteBehavior.Restrict);
    }
}
