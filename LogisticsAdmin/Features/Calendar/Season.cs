namespace LogisticsAdmin.Features.Calendar;

public enum Season
{
    Term = 1,
    Break = 2,
}
