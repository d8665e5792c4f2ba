namespace LogisticsAdmin.Security;

/// <summary>The app's own claims in the sign-in cookie.</summary>
public static class PersonClaims
{
    public const string FullName = "name";
    public const string Crew = "crew";
    public const string Session = "session";
    public const string MustChangePassword = "must-change-password";
}
