using System.Globalization;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Support;

/// <summary>
/// Entry of <c>export-until-killed DIR</c>: has documents of a month written as fast as it can, and prints the id of each when it is asked for and
/// when it is there.
/// </summary>
internal static class KillableReportFiles
{
    public static readonly ReportPeriod Month = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        var files = (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>();
        var runner = host.Services.GetRequiredService<ReportFileRunner>();
        for (var i = 0; ; i++)
        {
            var kind = i % 2 == 0 ? ReportFileKind.Pdf : ReportFileKind.Workbook;
            var id = await files.RequestAsync(Month, kind, i % 4 < 2 ? Languages.Chinese : Languages.English);
            Console.WriteLine(Line(id, isThere: false));
            await runner.WhenDoneAsync(id);
            Console.WriteLine(Line(id, isThere: true));
        }
    }

    /// <summary>The line for a document; a line that was cut off by the kill differs from it.</summary>
    public static string Line(long id, bool isThere) => string.Create(CultureInfo.InvariantCulture, $"{id} {(isThere ? "there" : "asked")};");
}
