using LogisticsAdmin.Data;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Metering;

internal static class MeteringSetup
{
    public static IServiceCollection AddMetering(this IServiceCollection services)
    {
        services.AddScoped<MetersUndo>().AddScoped<MeterService>().AddScoped<ReadingService>().AddScoped<MeterQueries>().AddScoped<ReadingPhotos>();
        services.AddScoped<IMediaOwner>(all => all.GetRequiredService<ReadingPhotos>());
        services.AddScoped<IStorageCheck, MeterCheck>();
        services.AddScoped<IRoomSection, RoomMeters>();
        services.AddScoped<ImportKind, MetersImport>().AddScoped<ImportKind, ReadingsImport>();
        services.AddSingleton<IPortalTab>(new PortalTab(
            "jobs/meters", LocalName.Of<MeteringText>("Walk.Title"), "meters", actor => actor.Is(Role.Technician) ? 15 : null));
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 20, "fees/meters", LocalName.Of<MeteringText>("Meters"), "meters", Policies.Office));
    }

    /// <summary>Meters and their readings as files, filtered and sorted by the same query string as the page; the imports read both back.</summary>
    public static void MapMetering(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("meters").MapGet("", (
            string? q, string? kind, string? building, string? state, string? sort, MeterQueries meters, IStringLocalizer<MeteringText> words) =>
            new ExportFile<MeterRoomRow>(words["Meters"], Columns(words), ct => meters.AllAsync(MeterFilter.Parse(q, kind, building, state, sort), ct)));
        office.MapExport("meter-readings").MapGet("", (
            string? q, string? kind, string? building, string? state, string? sort, MeterQueries meters, IStringLocalizer<MeteringText> words) =>
            new ExportFile<MeterReadingRow>(
                words["Readings"], ReadingColumns(words), ct => meters.ReadingsAsync(MeterFilter.Parse(q, kind, building, state, sort), ct)));
    }

    internal static IReadOnlyList<ExportColumn<MeterRoomRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Column.meter-kind"], r => r.Meter.Kind.ToString()),
        new(words["Column.meter-number"], r => r.Meter.Number),
        new(words["Column.meter-campus"], r => r.Room.Campus.ToString()),
        new(words["Column.meter-building"], r => r.Room.Building.ToString()),
        new(words["Column.meter-room"], r => r.Room.Room),
        new(words["Column.meter-share"], r => r.Room.Share, ColumnFormat.Whole),
        new(words["Column.meter-multiplier"], r => ReadingWords.Number(r.Meter.Multiplier)),
        new(words["Column.meter-digits"], r => r.Meter.Digits, ColumnFormat.Whole),
        new(words["Column.meter-installed-on"], r => r.Meter.InstalledOn, ColumnFormat.Day),
        new(words["Column.meter-opening"], r => r.Meter.Opening is { } opening ? ReadingWords.Number(opening.Value) : null),
        new(words["Export.RemovedOn"], r => r.Meter.RemovedOn, ColumnFormat.Day),
        new(words["NewestReading"], r => r.Meter.Newest is { } newest ? ReadingWords.Number(newest.Value) : null),
        new(words["Export.NewestDay"], r => r.Meter.Newest?.Day, ColumnFormat.Day),
    ];

    internal static IReadOnlyList<ExportColumn<MeterReadingRow>> ReadingColumns(IStringLocalizer words) =>
    [
        new(words["Column.meter-kind"], r => r.Meter.Kind.ToString()),
        new(words["Column.meter-number"], r => r.Meter.Number),
        new(words["Export.Place"], r => r.Meter.Place),
        new(words["Column.reading-day"], r => r.Reading.Day, ColumnFormat.Day),
        new(words["Column.reading-value"], r => ReadingWords.Number(r.Reading.Value)),
        new(words["Export.Usage"], r => r.Reading.Usage is { } usage ? ReadingWords.Number(usage) : null),
        new(words["Source"], r => words[$"ReadingSource.{r.Reading.Source}"].Value),
        new(words["By"], r => r.Reading.By),
        new(words["Column.reading-note"], r => r.Reading.Note),
    ];
}
