namespace LogisticsAdmin.Features.News.Items;

/// <summary>Limits of what is written, in characters unless named otherwise. Longer input is refused, never cut.</summary>
public static class NewsLimits
{
    public const int Title = 200;
    public const int Summary = 300;
    public const int Body = 100_000;
    public const int Reason = 200;
    public const int Correction = 300;
    public const int ColumnName = 20;
    public const int GroupName = 40;
    public const int TemplateName = 40;
    public const int FileName = 120;

    /// <summary>Columns of one table: more are not readable on a phone.</summary>
    public const int TableColumns = 60;

    /// <summary>Pictures and attachments of one item.</summary>
    public const int Files = 30;

    /// <summary>In bytes.</summary>
    public const long FileBytes = 20 * 1024 * 1024;

    /// <summary>Lines of an audience, its exceptions included.</summary>
    public const int AudienceLines = 12;

    /// <summary>Values of one line of an audience.</summary>
    public const int AudienceValues = 200;
}
