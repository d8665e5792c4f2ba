using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>A month's draft is there; the subject and the argument are the month as in addresses.</summary>
internal sealed class ReportNotificationKind : INotificationKind
{
    public const int Draft = 40;

    private static readonly LocalName Text = LocalName.Of<FilesText>("Message.Draft"), OfReports = LocalName.Of<FilesText>("Message.Group");

    public int Id => Draft;
    public string Icon => "M5 4h9l5 5v11H5zM14 4v5h5M8 13h8M8 16h8";
    public IReadOnlyList<Role> Recipients => [Role.Manager];

    public LocalName Label { get; } = LocalName.Of<FilesText>("Message.DraftLabel");
    public LocalName? Group => OfReports;

    public LocalName TextFor(string? argument)
    {
        var month = (ReportPeriod.Parse(argument)?.From ?? DateOnly.MinValue).ToDateTime(TimeOnly.MinValue);
        return new LocalName(In(Text.Zh, Languages.Chinese), In(Text.En, Languages.English));

        string In(string pattern, string language) => string.Format(CultureInfo.GetCultureInfo(language), pattern, month);
    }

    public string Address(Actor reader, string subject) => ReportPeriod.Parse(subject) is { } month ? ReportAddresses.Month(month) : "reports";
}
