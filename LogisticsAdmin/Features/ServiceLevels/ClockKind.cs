namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>The two limits of a ticket: 响应, until the office has judged or answered it; 办结, until the work is done.</summary>
public enum ClockKind
{
    Response = 1,
    Completion = 2,
}
