namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Words of what pages read of tickets: headlines and events for phones, due times, sections of other pages.</summary>
public sealed class ReadingText;
