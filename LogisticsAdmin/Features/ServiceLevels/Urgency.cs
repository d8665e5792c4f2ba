namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>How soon something must be dealt with; each urgency always has a service level in force.</summary>
public enum Urgency
{
    Emergency = 1,
    Urgent = 2,
    Normal = 3,
    Major = 4,
}
