namespace LogisticsAdmin.Features.Calendar;

/// <summary>Words about the office calendar.</summary>
public sealed class CalendarText;
