namespace LogisticsAdmin.Features.Repairs.Desk.Views;

public enum DeskDensity
{
    Comfortable = 1,
    Compact = 2,
}
