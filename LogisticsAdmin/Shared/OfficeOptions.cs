namespace LogisticsAdmin.Shared;

/// <summary>Settings of the office itself.</summary>
public sealed class OfficeOptions
{
    /// <summary>IANA name of the zone in which the office's days and months are counted.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Whom people ask who can't sign in, with a phone number; the sign-in page names the office in general without it.</summary>
    public string? Contact { get; set; }

    /// <summary>
    /// The address at which people open the app, its path included, such as https://repairs.example.edu/logistics. Codes on door signs lead there;
    /// without it none are made.
    /// </summary>
    public string? Address { get; set; }
}
