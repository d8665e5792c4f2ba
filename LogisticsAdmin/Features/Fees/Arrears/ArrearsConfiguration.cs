using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.Arrears;

public static class ArrearsSets
{
    extension(LogisticsDb db)
    {
        public DbSet<ArrearsSetting> ArrearsSettings => db.Set<ArrearsSetting>();
        public DbSet<ExamPeriod> ExamPeriods => db.Set<ExamPeriod>();
        public DbSet<LeakSetting> LeakSettings => db.Set<LeakSetting>();
        public DbSet<LeakCredit> LeakCredits => db.Set<LeakCredit>();
        public DbSet<FeeNotice> FeeNotices => db.Set<FeeNotice>();
        public DbSet<RunTelling> RunTellings => db.Set<RunTelling>();
        public DbSet<CutOffOrder> CutOffOrders => db.Set<CutOffOrder>();
    }
}

internal sealed class ArrearsSettingConfiguration : IEntityTypeConfiguration<ArrearsSetting>
{
    public void Configure(EntityTypeBuilder<ArrearsSetting> setting)
    {
        setting.ToTable("ArrearsSettings");
        setting.Ignore(s => s.Terms);
        setting.HasIndex(s => s.FeeKindId).IsUnique();
        setting.HasOne<FeeKind>().WithMany().HasForeignKey(s => s.FeeKindId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExamPeriodConfiguration : IEntityTypeConfiguration<ExamPeriod>
{
    public void Configure(EntityTypeBuilder<ExamPeriod> period)
    {
        period.ToTable("ExamPeriods", table => table.HasCheckConstraint("CK_ExamPeriods_Order", "\"To\" >= \"From\""));
        period.Property(p => p.Name).HasMaxLength(ArrearsLimits.Name);
        period.HasIndex(p => p.From);
    }
}

internal sealed class LeakSettingConfiguration : IEntityTypeConfiguration<LeakSetting>
{
    public void Configure(EntityTypeBuilder<LeakSetting> setting)
    {
        setting.ToTable("LeakSettings");
        setting.HasOne<Category>().WithMany().HasForeignKey(s => s.CategoryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LeakCreditConfiguration : IEntityTypeConfiguration<LeakCredit>
{
    public void Configure(EntityTypeBuilder<LeakCredit> credit)
    {
        credit.ToTable("LeakCredits");
        credit.Ignore(c => c.Reference);
        credit.HasIndex(c => new { c.RoomId, c.Day }).IsUnique();
        credit.HasIndex(c => c.TicketId);
        credit.HasOne<Room>().WithMany().HasForeignKey(c => c.RoomId).OnDelete(DeleteBehavior.Restrict);
        credit.HasOne<RepairTicket>().WithMany().HasForeignKey(c => c.TicketId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FeeNoticeConfiguration : IEntityTypeConfiguration<FeeNotice>
{
    public void Configure(EntityTypeBuilder<FeeNotice> notice)
    {
        notice.ToTable("FeeNotices");
        notice.HasIndex(n => new { n.AccountId, n.Kind, n.Day }).IsUnique();
        notice.HasOne<LedgerAccount>().WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Restrict);
        notice.HasOne<Person>().WithMany().HasForeignKey(n => n.ById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RunTellingConfiguration : IEntityTypeConfiguration<RunTelling>
{
    public void Configure(EntityTypeBuilder<RunTelling> telling)
    {
        telling.ToTable("RunTellings").HasKey(t => t.RunId);
        telling.Property(t => t.RunId).ValueGeneratedNever();
        telling.HasOne<BillingRun>().WithMany().HasForeignKey(t => t.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CutOffOrderConfiguration : IEntityTypeConfiguration<CutOffOrder>
{
    public void Configure(EntityTypeBuilder<CutOffOrder> order)
    {
        order.ToTable("CutOffOrders");
        order.Property(o => o.Number).HasMaxLength(30);
        order.Property(o => o.CutNote).HasMaxLength(FeesLimits.Note);
        order.Property(o => o.RestoreNote).HasMaxLength(FeesLimits.Note);
        order.Property(o => o.TakenBackBecause).HasMaxLength(FeesLimits.Reason);
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => new { o.RoomId, o.FeeKindId }).IsUnique().HasFilter("\"State\" NOT IN (7, 8)");
        order.HasIndex(o => o.State);
        order.HasIndex(o => o.TechnicianId);
        order.HasOne<Room>().WithMany().HasForeignKey(o => o.RoomId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<FeeKind>().WithMany().HasForeignKey(o => o.FeeKindId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.ApprovedById).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.TechnicianId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.AssignedById).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.CutById).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.TakenBackById).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.RestoredById).OnDelete(DeleteBehavior.Restrict);
    }
}
