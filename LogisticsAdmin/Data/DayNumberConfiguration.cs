using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data;

internal sealed class DayNumberConfiguration : IEntityTypeConfiguration<DayNumber>
{
    public void Configure(EntityTypeBuilder<DayNumber> number) => number.ToTable("DayNumbers").HasKey(n => new { n.Series, n.Day });
}
