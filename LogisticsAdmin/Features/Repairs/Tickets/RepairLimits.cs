namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Limits of form fields: lengths in characters, and hours of an extension. Longer input is refused, not truncated.</summary>
public static class RepairLimits
{
    public const int Description = 2_000;
    public const int Note = 1_000;
    public const int Phone = 20;
    public const int ContactName = 80;
    public const int Source = 40;
    public const int SourceKey = 120;
    public const int ExtensionHours = 200;

    /// <summary>Digits with an optional country code, spaces and dashes between.</summary>
    public const string PhonePattern = @"^\+?[0-9][0-9 \-]{4,18}$";
}
