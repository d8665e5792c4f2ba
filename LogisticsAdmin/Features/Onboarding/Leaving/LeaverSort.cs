namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Orders of the list of those who leave. The names are part of addresses.</summary>
public enum LeaverSort
{
    Class = 1,
    Name = 2,
    Number = 3,
    Room = 4,
}
