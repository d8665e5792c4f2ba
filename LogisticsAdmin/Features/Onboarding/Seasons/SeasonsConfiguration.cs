using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

public static class SeasonSets
{
    extension(LogisticsDb db)
    {
        public DbSet<OnboardingSeason> OnboardingSeasons => db.Set<OnboardingSeason>();
        public DbSet<SeasonGroup> SeasonGroups => db.Set<SeasonGroup>();
        public DbSet<GroupClass> GroupClasses => db.Set<GroupClass>();
        public DbSet<GroupRooms> GroupRooms => db.Set<GroupRooms>();
        public DbSet<SeasonFee> SeasonFees => db.Set<SeasonFee>();
        public DbSet<SeasonItem> SeasonItems => db.Set<SeasonItem>();
        public DbSet<SeasonPaper> SeasonPapers => db.Set<SeasonPaper>();
        public DbSet<PaperReceipt> PaperReceipts => db.Set<PaperReceipt>();
        public DbSet<DeskTime> DeskTimes => db.Set<DeskTime>();
        public DbSet<Freshman> Freshmen => db.Set<Freshman>();
        public DbSet<BedFill> BedFills => db.Set<BedFill>();
        public DbSet<RoomKey> RoomKeys => db.Set<RoomKey>();
    }
}

internal sealed class OnboardingSeasonConfiguration : IEntityTypeConfiguration<OnboardingSeason>
{
    public void Configure(EntityTypeBuilder<OnboardingSeason> season)
    {
        season.ToTable("OnboardingSeasons", table => table.HasCheckConstraint("CK_OnboardingSeasons_Days", "\"LastDay\" >= \"FirstDay\""));
        season.Property(s => s.Name).HasMaxLength(OnboardingLimits.Name);
        season.Property(s => s.NameEn).HasMaxLength(OnboardingLimits.NameEn);
        season.Ignore(s => s.LocalName);
        // One season is open at a time.
        season.HasIndex(s => s.State).IsUnique().HasFilter("\"State\" = 2");
    }
}

internal sealed class SeasonGroupConfiguration : IEntityTypeConfiguration<SeasonGroup>
{
    public void Configure(EntityTypeBuilder<SeasonGroup> group)
    {
        group.ToTable("SeasonGroups", table => table.HasCheckConstraint("CK_SeasonGroups_Times", "\"ChoosesUntil\" > \"ChoosesFrom\""));
        group.Property(g => g.Name).HasMaxLength(OnboardingLimits.Name);
        group.HasIndex(g => new { g.SeasonId, g.Name }).IsUnique();
        group.HasOne<OnboardingSeason>().WithMany().HasForeignKey(g => g.SeasonId).OnDelete(DeleteBehavior.Restrict);
        group.HasMany(g => g.Classes).WithOne().HasForeignKey(c => c.GroupId).OnDelete(DeleteBehavior.Cascade);
        group.HasMany(g => g.Rooms).WithOne().HasForeignKey(r => r.GroupId).OnDelete(DeleteBehavior.Cascade);
        group.Navigation(g => g.Classes).UsePropertyAccessMode(PropertyAccessMode.Field);
        group.Navigation(g => g.Rooms).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class GroupClassConfiguration : IEntityTypeConfiguration<GroupClass>
{
    public void Configure(EntityTypeBuilder<GroupClass> one)
    {
        one.ToTable("SeasonGroupClasses");
        one.Property(c => c.ClassName).HasMaxLength(OnboardingLimits.ClassName);
        one.HasIndex(c => new { c.SeasonId, c.ClassName }).IsUnique();
    }
}

internal sealed class GroupRoomsConfiguration : IEntityTypeConfiguration<GroupRooms>
{
    public void Configure(EntityTypeBuilder<GroupRooms> rooms)
    {
        rooms.ToTable("SeasonGroupRooms");
        rooms.HasOne<Building>().WithMany().HasForeignKey(r => r.BuildingId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SeasonFeeConfiguration : IEntityTypeConfiguration<SeasonFee>
{
    public void Configure(EntityTypeBuilder<SeasonFee> fee)
    {
        fee.ToTable("SeasonFees", table => table.HasCheckConstraint("CK_SeasonFees_Amount", "\"AmountFen\" > 0"));
        fee.Property(f => f.Name).HasMaxLength(OnboardingLimits.Name);
        fee.Property(f => f.NameEn).HasMaxLength(OnboardingLimits.NameEn);
        fee.Ignore(f => f.LocalName);
        fee.HasOne<OnboardingSeason>().WithMany().HasForeignKey(f => f.SeasonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SeasonItemConfiguration : IEntityTypeConfiguration<SeasonItem>
{
    public void Configure(EntityTypeBuilder<SeasonItem> item)
    {
        item.ToTable("SeasonItems", table => table.HasCheckConstraint("CK_SeasonItems_Quantity", "\"Quantity\" > 0"));
        item.HasIndex(i => new { i.SeasonId, i.ItemId }).IsUnique();
        item.HasOne<OnboardingSeason>().WithMany().HasForeignKey(i => i.SeasonId).OnDelete(DeleteBehavior.Restrict);
        item.HasOne<ShelfItem>().WithMany().HasForeignKey(i => i.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SeasonPaperConfiguration : IEntityTypeConfiguration<SeasonPaper>
{
    public void Configure(EntityTypeBuilder<SeasonPaper> paper)
    {
        paper.ToTable("SeasonPapers");
        paper.Property(p => p.Title).HasMaxLength(OnboardingLimits.Name);
        paper.Property(p => p.TitleEn).HasMaxLength(OnboardingLimits.NameEn);
        paper.Property(p => p.Text).HasMaxLength(OnboardingLimits.Paper);
        paper.Property(p => p.TextEn).HasMaxLength(OnboardingLimits.Paper);
        paper.Ignore(p => p.LocalTitle).Ignore(p => p.LocalText);
        paper.HasOne<OnboardingSeason>().WithMany().HasForeignKey(p => p.SeasonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PaperReceiptConfiguration : IEntityTypeConfiguration<PaperReceipt>
{
    public void Configure(EntityTypeBuilder<PaperReceipt> receipt)
    {
        receipt.ToTable("PaperReceipts");
        receipt.HasIndex(r => new { r.FreshmanId, r.PaperId }).IsUnique();
        receipt.HasOne<Freshman>().WithMany().HasForeignKey(r => r.FreshmanId).OnDelete(DeleteBehavior.Restrict);
        receipt.HasOne<SeasonPaper>().WithMany().HasForeignKey(r => r.PaperId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeskTimeConfiguration : IEntityTypeConfiguration<DeskTime>
{
    public void Configure(EntityTypeBuilder<DeskTime> time)
    {
        time.ToTable("DeskTimes", table =>
        {
            table.HasCheckConstraint("CK_DeskTimes_Times", "\"Until\" > \"From\"");
            table.HasCheckConstraint("CK_DeskTimes_Capacity", "\"Capacity\" > 0");
        });
        time.HasIndex(t => new { t.SeasonId, t.Day, t.From }).IsUnique();
        time.HasOne<OnboardingSeason>().WithMany().HasForeignKey(t => t.SeasonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FreshmanConfiguration : IEntityTypeConfiguration<Freshman>
{
    public void Configure(EntityTypeBuilder<Freshman> freshman)
    {
        freshman.ToTable("Freshmen");
        freshman.Property(f => f.Code).HasMaxLength(ArrivalCode.Length);
        freshman.Property(f => f.DataRemark).HasMaxLength(OnboardingLimits.Remark);
        freshman.Property(f => f.DeferReason).HasMaxLength(OnboardingLimits.Reason);
        freshman.Property(f => f.CheckedInBecause).HasMaxLength(OnboardingLimits.Reason);
        freshman.Property(f => f.WithdrawnBecause).HasMaxLength(OnboardingLimits.Reason);
        freshman.Property(f => f.PaymentNumber).HasMaxLength(OnboardingLimits.PaymentNumber);
        freshman.Ignore(f => f.Reference).Ignore(f => f.HasBed).Ignore(f => f.HasFees);
        freshman.HasIndex(f => new { f.SeasonId, f.PersonId }).IsUnique();
        freshman.HasIndex(f => f.PersonId);
        freshman.HasIndex(f => f.Code).IsUnique();
        // A bed is held or chosen by one student; whoever is checked in lives in it.
        freshman.HasIndex(f => f.BedId).IsUnique().HasFilter("\"BedId\" IS NOT NULL AND \"CheckedInAt\" IS NULL");
        freshman.HasIndex(f => f.HeldUntil).HasFilter("\"HeldUntil\" IS NOT NULL");
        freshman.HasIndex(f => f.DeskTimeId);
        freshman.HasOne<OnboardingSeason>().WithMany().HasForeignKey(f => f.SeasonId).OnDelete(DeleteBehavior.Restrict);
        freshman.HasOne<SeasonGroup>().WithMany().HasForeignKey(f => f.GroupId).OnDelete(DeleteBehavior.Restrict);
        freshman.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Restrict);
        freshman.HasOne<Bed>().WithMany().HasForeignKey(f => f.BedId).OnDelete(DeleteBehavior.Restrict);
        freshman.HasOne<BedFill>().WithMany().HasForeignKey(f => f.FillId).OnDelete(DeleteBehavior.Restrict);
        freshman.HasOne<DeskTime>().WithMany().HasForeignKey(f => f.DeskTimeId).OnDelete(DeleteBehavior.Restrict);
        freshman.HasOne<PlacedOrder>().WithMany().HasForeignKey(f => f.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BedFillConfiguration : IEntityTypeConfiguration<BedFill>
{
    public void Configure(EntityTypeBuilder<BedFill> fill)
    {
        fill.ToTable("BedFills");
        fill.HasIndex(f => new { f.SeasonId, f.Id });
        fill.HasOne<OnboardingSeason>().WithMany().HasForeignKey(f => f.SeasonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoomKeyConfiguration : IEntityTypeConfiguration<RoomKey>
{
    public void Configure(EntityTypeBuilder<RoomKey> key)
    {
        key.ToTable("RoomKeys");
        key.Property(k => k.Label).HasMaxLength(OnboardingLimits.KeyLabel);
        key.HasIndex(k => new { k.PersonId, k.ReturnedAt });
        // A key is with one person at a time.
        key.HasIndex(k => new { k.RoomId, k.Label }).IsUnique().HasFilter("\"ReturnedAt\" IS NULL");
        key.HasOne<Person>().WithMany().HasForeignKey(k => k.PersonId).OnDelete(DeleteBehavior.Restrict);
        key.HasOne<Room>().WithMany().HasForeignKey(k => k.RoomId).OnDelete(DeleteBehavior.Restrict);
    }
}
