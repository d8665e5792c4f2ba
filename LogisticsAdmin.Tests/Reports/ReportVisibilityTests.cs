using System.Net;
using System.Reflection;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>For whom the pages and files of reports and of the dashboard exist.</summary>
public sealed class ReportVisibilityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_others_the_answer_is_that_of_an_address_that_nothing_has()
    {
        await using var app = await TestApp.StartAsync();
        var month = ReportPeriod.MonthOf(app.Services.GetRequiredService<OfficeTime>().Today);
        string[] management =
        [
            "/reports", $"/reports/monthly/{month}", $"/reports/monthly/{month}/figures/repairs.intake", "/reports/compare", "/reports/closings/1",
            "/reports/targets", "/exports/report-targets.csv", $"/exports/report-figure.csv?period={month}&figure=repairs.intake",
            $"/reports/monthly/{month}.pdf", $"/reports/monthly/{month}.xlsx", "/reports/files/1",
        ];
        foreach (var (userName, sees, seesBoard) in new[]
                 {
                     (TestUsers.Manager, true, true), (TestUsers.Administrator, true, true), (TestUsers.Dispatcher, false, true),
                     (TestUsers.Technician, false, false), (TestUsers.Resident, false, false),
                 })
        {
            using var client = await app.SignInAsync(userName);
            using var nothing = await client.GetAsync("/reportz", Ct);
            var missing = (await nothing.PageAsync()).QuerySelector("h1")?.TextContent;
            foreach (var address in management.Where(a => !sees || !a.EndsWith("/1", StringComparison.Ordinal))) await DemandAsync(address, sees);
            await DemandAsync("/dashboard", seesBoard);
            await DemandAsync("/exports/dashboard.xlsx?period=today", seesBoard);

            async Task DemandAsync(string address, bool isThere)
            {
                using var answer = await client.GetAsync(address, Ct);
                Assert.True(answer.StatusCode == (isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound), $"{userName} {address}: {answer.StatusCode}");
                if (!isThere) Assert.Equal(missing, (await answer.PageAsync()).QuerySelector("h1")?.TextContent);
            }
        }
        foreach (var address in management.Append("/dashboard").Append("/exports/dashboard.xlsx"))
        {
            using var answer = await app.Visitor().GetAsync(address, Ct);
            if (address.StartsWith("/exports", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            else Assert.Contains("/Account/Login", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_page_and_no_export_of_reports_tells_others_that_it_exists()
    {
        foreach (var page in typeof(Components.App).Assembly.GetTypes())
        {
            foreach (var route in page.GetCustomAttributes<RouteAttribute>().Select(r => r.Template))
            {
                if (route.StartsWith("/reports", StringComparison.Ordinal) || route == "/dashboard")
                    Assert.True(page.IsDefined(typeof(VisibleToAttribute)), route);
            }
        }
        await using var app = await TestApp.StartAsync();
        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } text && (text.Contains("exports/report-", StringComparison.Ordinal)
                || text.Contains("exports/dashboard", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.NotNull(e.Metadata.GetMetadata<VisibleToAttribute>()));
    }
}
