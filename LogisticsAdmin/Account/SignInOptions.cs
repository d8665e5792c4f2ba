namespace LogisticsAdmin.Account;

/// <summary>Rate limits of sign-ins. A whole campus may share one address.</summary>
public sealed class SignInOptions
{
    /// <summary>Attempts a minute from one address.</summary>
    public int AttemptsPerAddress { get; set; } = 600;

    /// <summary>Attempts a minute for one name, known or not.</summary>
    public int AttemptsPerName { get; set; } = 30;
}
