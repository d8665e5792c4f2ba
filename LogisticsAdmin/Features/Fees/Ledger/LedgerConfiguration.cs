using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.Ledger;

public static class LedgerSets
{
    extension(LogisticsDb db)
    {
        public DbSet<LedgerAccount> LedgerAccounts => db.Set<LedgerAccount>();
        public DbSet<LedgerTransaction> LedgerTransactions => db.Set<LedgerTransaction>();
        public DbSet<LedgerEntry> LedgerEntries => db.Set<LedgerEntry>();
        public DbSet<LedgerDay> LedgerDays => db.Set<LedgerDay>();
    }
}

internal sealed class LedgerAccountConfiguration : IEntityTypeConfiguration<LedgerAccount>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> account)
    {
        account.ToTable("LedgerAccounts");
        account.Property(a => a.Key).HasMaxLength(60);
        account.HasIndex(a => a.Key).IsUnique();
        account.HasIndex(a => new { a.Kind, a.BalanceFen });
        account.HasOne<Room>().WithMany().HasForeignKey(a => a.RoomId).OnDelete(DeleteBehavior.Restrict);
        account.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        account.HasOne<FeeKind>().WithMany().HasForeignKey(a => a.FeeKindId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LedgerTransactionConfiguration : IEntityTypeConfiguration<LedgerTransaction>
{
    public void Configure(EntityTypeBuilder<LedgerTransaction> transaction)
    {
        transaction.ToTable("LedgerTransactions");
        transaction.Property(t => t.Reference).HasMaxLength(80);
        transaction.Property(t => t.Text).HasMaxLength(FeesLimits.Reason);
        transaction.HasIndex(t => t.Reference).IsUnique();
        transaction.HasIndex(t => t.Day);
        transaction.HasMany(t => t.Entries).WithOne().HasForeignKey(e => e.TransactionId).OnDelete(DeleteBehavior.Restrict);
        transaction.Navigation(t => t.Entries).UsePropertyAccessMode(PropertyAccessMode.Field);
        transaction.HasOne<Person>().WithMany().HasForeignKey(t => t.ById).OnDelete(DeleteBehavior.Restrict);
        transaction.HasOne<Person>().WithMany().HasForeignKey(t => t.ApprovedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("LedgerEntries", table => table.HasCheckConstraint("CK_LedgerEntries_Amount", "\"AmountFen\" <> 0"));
        entry.HasIndex(e => new { e.AccountId, e.Id });
        entry.HasOne(e => e.Account).WithMany().HasForeignKey(e => e.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LedgerDayConfiguration : IEntityTypeConfiguration<LedgerDay>
{
    public void Configure(EntityTypeBuilder<LedgerDay> day)
    {
        day.ToTable("LedgerDays").HasKey(d => d.Day);
        day.Property(d => d.Hash).HasMaxLength(64);
    }
}
