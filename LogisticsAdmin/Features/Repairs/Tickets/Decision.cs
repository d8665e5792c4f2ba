namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What was decided about an extension.</summary>
public enum Decision
{
    Granted = 1,
    Declined = 2,
}
