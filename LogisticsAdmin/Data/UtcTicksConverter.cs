using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Data;

/// <summary>Moments are stored as UTC ticks: SQLite orders and compares them, which it can't do with offsets.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    moment => moment.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
