namespace LogisticsAdmin.Features.Calendar;

/// <summary>The office calendar: whoever works in the office reads it, managers and administrators keep it. Each change is announced.</summary>
public sealed class CalendarService
{
    public const string Topic = "calendar";
}
