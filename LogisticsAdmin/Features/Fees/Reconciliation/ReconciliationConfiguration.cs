using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

public static class ReconciliationSets
{
    extension(LogisticsDb db)
    {
        public DbSet<StatementDay> StatementDays => db.Set<StatementDay>();
        public DbSet<StatementLine> StatementLines => db.Set<StatementLine>();
    }

    /// <summary>Differences that nobody has settled, and those whose correction was refused.</summary>
    internal static IQueryable<StatementLine> OpenLines(this LogisticsDb db) => db.Set<StatementLine>().Where(IsOpen(db));

    internal static Expression<Func<StatementLine, bool>> IsOpen(LogisticsDb db)
    {
        var proposals = db.Set<MoneyProposal>();
        return l => l.State != LineState.Matched && (l.Settlement == null || (l.Settlement == SettleWay.Corrected && proposals.Any(
            p => p.Id == l.ProposalId && (p.State == MoneyProposalState.Refused || p.State == MoneyProposalState.TakenBack))));
    }
}

internal sealed class StatementDayConfiguration : IEntityTypeConfiguration<StatementDay>
{
    public void Configure(EntityTypeBuilder<StatementDay> day)
    {
        day.ToTable("StatementDays");
        day.Property(d => d.Gateway).HasMaxLength(PaymentLimits.Gateway);
        day.Property(d => d.Problem).HasMaxLength(PaymentLimits.RequestNumber + 10);
        day.HasIndex(d => new { d.Gateway, d.Day }).IsUnique();
        day.HasIndex(d => d.Day);
        day.HasOne<Person>().WithMany().HasForeignKey(d => d.FetchedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StatementLineConfiguration : IEntityTypeConfiguration<StatementLine>
{
    public void Configure(EntityTypeBuilder<StatementLine> line)
    {
        line.ToTable("StatementLines");
        line.Property(l => l.Key).HasMaxLength(PaymentLimits.TradeNumber + PaymentLimits.RequestNumber + 2);
        line.Property(l => l.TradeNumber).HasMaxLength(PaymentLimits.TradeNumber);
        line.Property(l => l.RequestNumber).HasMaxLength(PaymentLimits.RequestNumber);
        line.Property(l => l.RefundNumber).HasMaxLength(PaymentLimits.RequestNumber);
        line.Property(l => l.Note).HasMaxLength(FeesLimits.Reason);
        line.HasIndex(l => new { l.DayId, l.Kind, l.Key }).IsUnique();
        line.HasIndex(l => l.AttemptId);
        line.HasIndex(l => l.RefundId);
        line.HasIndex(l => new { l.State, l.Settlement }).HasFilter("\"State\" <> 1");
        line.HasOne(l => l.Day).WithMany().HasForeignKey(l => l.DayId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<PaymentAttempt>().WithMany().HasForeignKey(l => l.AttemptId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<PaymentRefund>().WithMany().HasForeignKey(l => l.RefundId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<MoneyProposal>().WithMany().HasForeignKey(l => l.ProposalId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<Person>().WithMany().HasForeignKey(l => l.SettledById).OnDelete(DeleteBehavior.Restrict);
    }
}
