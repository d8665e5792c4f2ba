namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>How pressing a fault is; each has a time limit in the reference rows.</summary>
public enum Urgency
{
    Emergency = 1,
    Urgent = 2,
    Normal = 3,
    Major = 4,
}
