namespace LogisticsAdmin.Account;

public enum SignInOutcome
{
    Succeeded = 1,
    Wrong = 2,
    LockedOut = 3,
    TooManyAttempts = 4,
}
