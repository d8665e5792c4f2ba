namespace LogisticsAdmin.Account;

/// <summary>
/// How a sign-in or the check of a password ended; <paramref name="Until"/> when locked, <paramref name="Wait"/> when there were too many.
/// </summary>
public sealed record SignInAnswer(SignInOutcome Outcome, DateTimeOffset? Until = null, TimeSpan? Wait = null)
{
    public static readonly SignInAnswer Succeeded = new(SignInOutcome.Succeeded);
    public static readonly SignInAnswer Wrong = new(SignInOutcome.Wrong);

    public static SignInAnswer TooMany(TimeSpan wait) => new(SignInOutcome.TooManyAttempts, Wait: wait);

    /// <summary>Locked when there is a time, whatever the password was.</summary>
    public static SignInAnswer Of(bool isRight, DateTimeOffset? lockedUntil) =>
        lockedUntil is not null ? new(SignInOutcome.LockedOut, lockedUntil) : isRight ? Succeeded : Wrong;
}
