using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Calendar;

public static class CalendarSets
{
    extension(LogisticsDb db)
    {
        public DbSet<OfficeSlot> OfficeSlots => db.Set<OfficeSlot>();
        public DbSet<CalendarSpan> CalendarSpans => db.Set<CalendarSpan>();

        /// <summary>The office's currently stored working time. Without any slot in term, the office works around the clock.</summary>
        public async Task<WorkingTime> ReadWorkingTimeAsync(OfficeTime office, CancellationToken ct)
        {
            var slots = await db.OfficeSlots.AsNoTracking().ToListAsync(ct);
            if (slots.All(s => s.Season != Season.Term)) return WorkingTime.RoundTheClock;
            return new WorkingTime(slots, await db.CalendarSpans.AsNoTracking().ToListAsync(ct), office);
        }
    }
}

internal sealed class OfficeSlotConfiguration : IEntityTypeConfiguration<OfficeSlot>
{
    public void Configure(EntityTypeBuilder<OfficeSlot> slot)
    {
        slot.ToTable("OfficeSlots", table =>
        {
            table.HasCheckConstraint("CK_OfficeSlots_Order", "\"To\" > \"From\" OR \"To\" = '00:00:00'");
            table.HasCheckConstraint("CK_OfficeSlots_DayOfWeek", "\"DayOfWeek\" BETWEEN 0 AND 6");
            table.HasCheckConstraint("CK_OfficeSlots_Season", "\"Season\" IN (1, 2)");
        });
        slot.HasIndex(x => new { x.Season, x.DayOfWeek, x.From }).IsUnique();
        slot.HasIndex(x => new { x.Season, x.DayOfWeek, x.To }).IsUnique();
    }
}

internal sealed class CalendarSpanConfiguration : IEntityTypeConfiguration<CalendarSpan>
{
    public void Configure(EntityTypeBuilder<CalendarSpan> span)
    {
        span.ToTable("CalendarSpans", table =>
        {
            table.HasCheckConstraint("CK_CalendarSpans_Order", "\"To\" >= \"From\"");
            table.HasCheckConstraint("CK_CalendarSpans_Kind", "\"Kind\" IN (1, 2, 3)");
        });
        span.Property(x => x.Name).HasMaxLength(CalendarLimits.Name);
        span.Property(x => x.NameEn).HasMaxLength(CalendarLimits.Name);
        span.Property(x => x.SourceKey).HasMaxLength(CalendarLimits.SourceKey);
        span.Ignore(x => x.LocalName);
        span.HasIndex(x => new { x.Kind, x.From }).IsUnique();
        span.HasIndex(x => new { x.Kind, x.To }).IsUnique();
        span.HasIndex(x => x.SourceKey).IsUnique().HasFilter("\"SourceKey\" IS NOT NULL");
    }
}
