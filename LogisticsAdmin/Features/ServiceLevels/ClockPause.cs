namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>A time in which a completion limit does not run; without <paramref name="To"/> while it lasts.</summary>
public readonly record struct ClockPause(DateTimeOffset From, DateTimeOffset? To);
