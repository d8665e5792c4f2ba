namespace LogisticsAdmin.Features.Repairs.Costs;

public enum PartSort
{
    Code = 1,
    Name = 2,
    Price = 3,
}
