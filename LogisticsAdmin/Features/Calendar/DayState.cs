namespace LogisticsAdmin.Features.Calendar;

/// <summary>The kind of a day for the office.</summary>
public enum DayState
{
    Working = 1,
    Closed = 2,
    Holiday = 3,
    MakeUpWorkday = 4,
    TermBreak = 5,
}
