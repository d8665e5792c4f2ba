

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>Whom a step tells. The owner's step also tells the technician named; a ticket without an owner is every dispatcher's.</summary>
public enum EscalationAudience
{
    Owner = 1,
    CrewLead = 2,
    Manager = 3,
}
