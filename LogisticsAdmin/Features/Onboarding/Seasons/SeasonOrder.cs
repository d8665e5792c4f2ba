namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>The order of the list of seasons. The names are part of addresses.</summary>
public enum SeasonOrder
{
    Latest = 0,
    Name = 1,
}
