namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>What the desk does with a freshman; the names are stored with what can be undone.</summary>
public enum EntryAct
{
    GiveBed = 1,
    CheckIn = 2,
    HandKey = 3,
    Withdraw = 4,
    Reinstate = 5,
}
