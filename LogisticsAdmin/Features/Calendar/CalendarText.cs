namespace LogisticsAdmin.Features.Calendar;

/// <summary>Resources of the office calendar.</summary>
public sealed class CalendarText;
