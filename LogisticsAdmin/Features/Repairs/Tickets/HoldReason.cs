namespace LogisticsAdmin.Features.Repairs.Tickets;

public enum HoldReason
{
    Parts = 1,
    Access = 2,
    Contractor = 3,
    Approval = 4,
}
