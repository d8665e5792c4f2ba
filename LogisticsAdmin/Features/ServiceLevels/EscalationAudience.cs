namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Whom a step notifies. Owner includes the assigned technician; all dispatchers are notified when there is no owner.</summary>
public enum EscalationAudience
{
    Owner = 1,
    CrewLead = 2,
    Manager = 3,
}
