namespace LogisticsAdmin.Features.Repairs.Costs;

public enum PartState
{
    Current = 1,
    Retired = 2,
}
