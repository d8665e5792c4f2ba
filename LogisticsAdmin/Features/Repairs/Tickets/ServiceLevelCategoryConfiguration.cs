using LogisticsAdmin.Features.ServiceLevels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>The service levels know no categories of repairs, but the database keeps them from pointing to one that is missing.</summary>
internal sealed class ServiceLevelCategoryConfiguration : IEntityTypeConfiguration<ServiceLevel>
{
    public void Configure(EntityTypeBuilder<ServiceLevel> level) =>
        level.HasOne<Category>().WithMany().HasForeignKey(l => l.CategoryId).OnDelete(DeleteBehavior.Restrict);
}
