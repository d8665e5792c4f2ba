namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>The orders of the lists of people. The names are part of addresses.</summary>
public enum EntrySort
{
    Class = 1,
    Number = 2,
    Name = 3,
    Place = 4,
}
