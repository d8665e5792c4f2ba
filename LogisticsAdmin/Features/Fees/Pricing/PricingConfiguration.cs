using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Features.Fees.Pricing;

public static class PricingSets
{
    extension(LogisticsDb db)
    {
        public DbSet<FeeKind> FeeKinds => db.Set<FeeKind>();
        public DbSet<FeeRate> FeeRates => db.Set<FeeRate>();
        public DbSet<RateProposal> RateProposals => db.Set<RateProposal>();
        public DbSet<ResidentGroup> ResidentGroups => db.Set<ResidentGroup>();
        public DbSet<ResidentGroupMember> ResidentGroupMembers => db.Set<ResidentGroupMember>();
    }
}

internal sealed class FeeKindConfiguration : IEntityTypeConfiguration<FeeKind>
{
    public void Configure(EntityTypeBuilder<FeeKind> kind)
    {
        kind.ToTable("FeeKinds").IsNamed();
        kind.Property(k => k.Unit).HasMaxLength(FeesLimits.Unit);
        kind.Property(k => k.UnitEn).HasMaxLength(FeesLimits.Unit);
        kind.Ignore(k => k.UnitName);
        kind.HasIndex(k => k.Code).IsUnique();
    }
}

internal sealed class FeeRateConfiguration : IEntityTypeConfiguration<FeeRate>
{
    public void Configure(EntityTypeBuilder<FeeRate> rate)
    {
        rate.ToTable("FeeRates");
        rate.Property(r => r.Scope).HasMaxLength(40);
        rate.Property(r => r.Reason).HasMaxLength(FeesLimits.Reason);
        rate.Property(r => r.DocumentNumber).HasMaxLength(FeesLimits.DocumentNumber);
        rate.Property(r => r.WithdrawnBecause).HasMaxLength(FeesLimits.Reason);
        rate.Property(r => r.Rule).IsPriceRule();
        rate.Ignore(r => r.Fact);
        rate.HasIndex(r => new { r.KindId, r.Scope, r.FirstDay }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
        rate.HasOne<FeeKind>().WithMany().HasForeignKey(r => r.KindId).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<FeeRate>().WithMany().HasForeignKey(r => r.SupersededByRateId).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<FeeRate>().WithMany().HasForeignKey(r => r.FollowsWithdrawnId).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<Person>().WithMany().HasForeignKey(r => r.PublishedById).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<Person>().WithMany().HasForeignKey(r => r.ApprovedById).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<Person>().WithMany().HasForeignKey(r => r.SupersededById).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<Person>().WithMany().HasForeignKey(r => r.WithdrawnById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RateProposalConfiguration : IEntityTypeConfiguration<RateProposal>
{
    public void Configure(EntityTypeBuilder<RateProposal> proposal)
    {
        proposal.ToTable("RateProposals");
        proposal.Property(p => p.Scope).HasMaxLength(40);
        proposal.Property(p => p.Reason).HasMaxLength(FeesLimits.Reason);
        proposal.Property(p => p.DocumentNumber).HasMaxLength(FeesLimits.DocumentNumber);
        proposal.Property(p => p.DecidedBecause).HasMaxLength(FeesLimits.Reason);
        proposal.Property(p => p.Rule).IsPriceRule();
        proposal.HasIndex(p => p.State);
        proposal.HasOne<FeeKind>().WithMany().HasForeignKey(p => p.KindId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<FeeRate>().WithMany().HasForeignKey(p => p.WithdrawsRateId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<FeeRate>().WithMany().HasForeignKey(p => p.PublishedRateId).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<Person>().WithMany().HasForeignKey(p => p.ProposedById).OnDelete(DeleteBehavior.Restrict);
        proposal.HasOne<Person>().WithMany().HasForeignKey(p => p.DecidedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ResidentGroupConfiguration : IEntityTypeConfiguration<ResidentGroup>
{
    public void Configure(EntityTypeBuilder<ResidentGroup> group)
    {
        group.ToTable("ResidentGroups").IsNamed();
        group.HasIndex(g => g.Code).IsUnique();
    }
}

internal sealed class ResidentGroupMemberConfiguration : IEntityTypeConfiguration<ResidentGroupMember>
{
    public void Configure(EntityTypeBuilder<ResidentGroupMember> member)
    {
        member.ToTable("ResidentGroupMembers");
        member.HasIndex(m => new { m.GroupId, m.PersonId }).IsUnique().HasFilter("\"LastDay\" IS NULL");
        member.HasIndex(m => m.PersonId);
        member.HasOne<ResidentGroup>().WithMany().HasForeignKey(m => m.GroupId).OnDelete(DeleteBehavior.Restrict);
        member.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class PriceRuleColumn
{
    private sealed class ToJson() : ValueConverter<PriceRule, string>(rule => rule.ToJson(), json => PriceRule.Parse(json));

    private sealed class Compared() : ValueComparer<PriceRule>((one, other) => object.Equals(one, other), rule => rule.GetHashCode(), rule => rule);

    /// <summary>Stored as JSON; a rule never changes.</summary>
    public static PropertyBuilder<PriceRule> IsPriceRule(this PropertyBuilder<PriceRule> property) => property.HasConversion<ToJson, Compared>();
}
