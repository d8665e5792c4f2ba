using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>The meters of a room that are in use, with their newest readings. For the office and technicians.</summary>
internal sealed class RoomMeters(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IStringLocalizer<MeteringText> words) : IRoomSection
{
    public int Order => 30;
    public LocalName Title { get; } = LocalName.Of<MeteringText>("Meters");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long roomId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsStaff) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var readings = db.MeterReadings;
        var meters =
            from part in db.MeterRooms.AsNoTracking()
            where part.RoomId == roomId && part.LastDay == null
            join meter in db.Meters on part.MeterId equals meter.Id
            where meter.RemovedOn == null
            join kind in db.FeeKinds on meter.KindId equals kind.Id
            orderby kind.Order, meter.Id
            select new
            {
                meter.Number,
                Kind = new LocalName(kind.Name, kind.NameEn),
                Unit = new LocalName(kind.Unit, kind.UnitEn),
                Newest = readings.Where(r => r.MeterId == meter.Id && r.ReplacedAt == null).OrderByDescending(r => r.Day)
                    .Select(r => new { r.Day, r.Value, r.Source }).First(),
            };
        var (total, rows) = (await meters.CountAsync(ct), await meters.Take(take).ToListAsync(ct));
        if (total == 0) return null;
        return new PageSection(total,
        [
            .. rows.Select(m => new SectionLine(
                office.At(m.Newest.Day, TimeOnly.MinValue), m.Number, words["RoomSection.Reading", m.Kind, ReadingWords.Number(m.Newest.Value)],
                LocalName.Of<MeteringText>($"ReadingSource.{m.Newest.Source}"),
                user.Actor.IsOffice ? $"fees/meters?q={Uri.EscapeDataString(m.Number)}" : null)),
        ]);
    }
}
