using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.Payments;

public static class PaymentSets
{
    extension(LogisticsDb db)
    {
        public DbSet<PaymentOrder> PaymentOrders => db.Set<PaymentOrder>();
        public DbSet<PaymentAttempt> PaymentAttempts => db.Set<PaymentAttempt>();
        public DbSet<PaymentNotification> PaymentNotifications => db.Set<PaymentNotification>();
        public DbSet<PaymentRefund> PaymentRefunds => db.Set<PaymentRefund>();
        public DbSet<MoneyProposal> MoneyProposals => db.Set<MoneyProposal>();
        public DbSet<SandboxTrade> SandboxTrades => db.Set<SandboxTrade>();
    }
}

internal sealed class PaymentOrderConfiguration : IEntityTypeConfiguration<PaymentOrder>
{
    public void Configure(EntityTypeBuilder<PaymentOrder> order)
    {
        order.ToTable("PaymentOrders", table => table.HasCheckConstraint("CK_PaymentOrders_Amount", "\"AmountFen\" > 0"));
        order.Property(o => o.Number).HasMaxLength(30);
        order.Property(o => o.ReceiptNumber).HasMaxLength(30);
        order.Property(o => o.PaidWith).HasMaxLength(PaymentLimits.Gateway);
        order.Ignore(o => o.Amount);
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.ReceiptNumber).IsUnique();
        order.Property(o => o.Reference).HasMaxLength(PaymentLimits.Reference);
        order.HasIndex(o => o.Key).IsUnique();
        order.HasIndex(o => o.Reference).IsUnique();
        order.HasIndex(o => new { o.PayerId, o.Id });
        order.HasIndex(o => new { o.AccountId, o.Id });
        order.HasOne(o => o.Account).WithMany().HasForeignKey(o => o.AccountId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.PayerId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.CreatedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PaymentAttemptConfiguration : IEntityTypeConfiguration<PaymentAttempt>
{
    public void Configure(EntityTypeBuilder<PaymentAttempt> attempt)
    {
        attempt.ToTable("PaymentAttempts");
        attempt.Property(a => a.Gateway).HasMaxLength(PaymentLimits.Gateway);
        attempt.Property(a => a.RequestNumber).HasMaxLength(PaymentLimits.RequestNumber);
        attempt.Property(a => a.TradeNumber).HasMaxLength(PaymentLimits.TradeNumber);
        attempt.HasIndex(a => a.RequestNumber).IsUnique();
        attempt.HasIndex(a => a.NextAskAt).HasFilter("\"NextAskAt\" IS NOT NULL");
        attempt.HasIndex(a => a.PaidAt).HasFilter("\"PaidAt\" IS NOT NULL");
        attempt.HasOne(a => a.Order).WithMany().HasForeignKey(a => a.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PaymentNotificationConfiguration : IEntityTypeConfiguration<PaymentNotification>
{
    public void Configure(EntityTypeBuilder<PaymentNotification> notification)
    {
        notification.ToTable("PaymentNotifications");
        notification.Property(n => n.Gateway).HasMaxLength(PaymentLimits.Gateway);
        notification.Property(n => n.RequestNumber).HasMaxLength(PaymentLimits.RequestNumber);
        notification.Property(n => n.Digest).HasMaxLength(64);
        notification.HasIndex(n => n.Digest).IsUnique();
        notification.HasIndex(n => n.RequestNumber);
        notification.HasIndex(n => new { n.Outcome, n.Id });
    }
}

internal sealed class PaymentRefundConfiguration : IEntityTypeConfiguration<PaymentRefund>
{
    public void Configure(EntityTypeBuilder<PaymentRefund> refund)
    {
        refund.ToTable("PaymentRefunds", table => table.HasCheckConstraint("CK_PaymentRefunds_Amount", "\"AmountFen\" > 0"));
        refund.Property(r => r.RequestNumber).HasMaxLength(PaymentLimits.RequestNumber);
        refund.Property(r => r.Problem).HasMaxLength(110);
        refund.Property(r => r.ReceiptNumber).HasMaxLength(30);
        refund.Ignore(r => r.Amount);
        refund.HasIndex(r => r.RequestNumber).IsUnique();
        refund.HasIndex(r => r.ReceiptNumber).IsUnique();
        refund.HasIndex(r => r.DoneAt).HasFilter("\"DoneAt\" IS NOT NULL");
        refund.HasOne<Person>().WithMany().HasForeignKey(r => r.PaidOutById).OnDelete(DeleteBehavior.Restrict);
        refund.HasIndex(r => r.ProposalId).IsUnique();
        refund.HasIndex(r => r.NextTryAt).HasFilter("\"NextTryAt\" IS NOT NULL");
        refund.HasOne(r => r.Attempt).WithMany().HasForeignKey(r => r.AttemptId).OnDelete(DeleteBehavior.Restrict);
        refund.HasOne<MoneyProposal>().WithMany().HasForeignKey(r => r.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MoneyProposalConfiguration : IEntityTypeConfiguration<MoneyProposal>
{
    public void Configure(EntityTypeBuilder<MoneyProposal> proposal)
    {
        proposal.ToTable("MoneyProposals", table => table.HasCheckConstraint("CK_MoneyProposals_Amount", "\"AmountFen\" <> 0"));
        proposal.Property(p => p.Reason).HasMaxLength(FeesLimits.Reason);
        proposal.Property(p => p.DecidedBecause).HasMaxLength(FeesLimits.Reason);
        proposal.Ignore(p => p.Amount);
        proposal.HasIndex(p => new { p.AccountId, p.Id });
        proposal.HasIndex(p => p.State).HasFilter("\"State\" = 1");
        proposal.HasOne<LedgerAccount>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<LedgerAccount>().WithMany().HasForeignKey(p => p.ToAccountId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<PaymentAttempt>().WithMany().HasForeignKey(p => p.AttemptId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<FeeKind>().WithMany().HasForeignKey(p => p.FeeKindId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<Person>().WithMany().HasForeignKey(p => p.ProposedById).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<Person>().WithMany().HasForeignKey(p => p.DecidedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SandboxTradeConfiguration : IEntityTypeConfiguration<SandboxTrade>
{
    public void Configure(EntityTypeBuilder<SandboxTrade> trade)
    {
        trade.ToTable("SandboxTrades");
        trade.Property(t => t.RequestNumber).HasMaxLength(PaymentLimits.RequestNumber);
        trade.Ignore(t => t.Amount);
        trade.Ignore(t => t.Made);
        trade.HasIndex(t => t.RequestNumber).IsUnique();
        trade.HasIndex(t => t.ActsAt).HasFilter("\"ActsAt\" IS NOT NULL");
    }
}
