using System.Globalization;
using System.Net;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>The documents of a month at their addresses.</summary>
public sealed class ReportAddressTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_has_its_documents_at_its_address_for_who_may_see_it()
    {
        await using var app = await TestApp.StartAsync();
        await using var people = new AppWithUsers(app);
        var month = ReportPeriod.MonthOf(app.Services.GetRequiredService<OfficeTime>().Today.AddMonths(-1));
        await (await people.AsAsync(TestUsers.Manager)).Get<ClosingService>().CloseAsync(month, Ct);
        var manager = await app.SignInAsync(TestUsers.Manager);

        using var chinese = await manager.GetAsync($"/reports/monthly/{month}.pdf", Ct);
        using var english = await manager.GetAsync($"/reports/monthly/{month}.pdf?lang=en", Ct);
        using var workbook = await manager.GetAsync($"/reports/monthly/{month}.xlsx", Ct);
        using var draft = await manager.GetAsync($"/reports/monthly/{ReportPeriod.MonthOf(month.Until)}.pdf", Ct);
        using var page = await manager.GetAsync($"/reports/monthly/{month}", Ct);

        Assert.All([chinese, english, workbook, draft, page], r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        Assert.Equal("application/pdf", chinese.Content.Headers.ContentType?.MediaType);
        Assert.Equal("%PDF"u8.ToArray(), (await chinese.Content.ReadAsByteArrayAsync(Ct))[..4]);
        Assert.Equal("PK"u8.ToArray(), (await workbook.Content.ReadAsByteArrayAsync(Ct))[..2]);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"后勤服务月报 {month.From:yyyy年M月}.pdf"),
            chinese.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.StartsWith("Monthly service report ", english.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        Assert.Equal($"report-{month}-annex.xlsx", workbook.Content.Headers.ContentDisposition?.FileName);
        Assert.NotNull(chinese.Headers.ETag);
        Assert.Null(draft.Headers.ETag);
        Assert.True(draft.Headers.CacheControl?.NoStore);

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/reports/monthly/{month}.pdf");
        again.Headers.IfNoneMatch.Add(chinese.Headers.ETag!);
        using var unchanged = await manager.SendAsync(again, Ct);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var stored = await manager.GetAsync($"/reports/files/{chinese.Headers.ETag!.Tag.Trim('"')["report-".Length..]}", Ct);
        Assert.Equal(await chinese.Content.ReadAsByteArrayAsync(Ct), await stored.Content.ReadAsByteArrayAsync(Ct));
        foreach (var missing in new[] { "/reports/monthly/2099-01.pdf", "/reports/monthly/2026.pdf", "/reports/monthly/nothing.xlsx", "/reports/files/999" })
            await DemandAsync(HttpStatusCode.NotFound, manager, missing);

        string[] addresses = [$"/reports/monthly/{month}.pdf", $"/reports/monthly/{month}.xlsx", "/reports/files/1"];
        foreach (var userName in new[] { TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var other = await app.SignInAsync(userName);
            foreach (var address in addresses) await DemandAsync(HttpStatusCode.NotFound, other, address);
        }
        foreach (var address in addresses) await DemandAsync(HttpStatusCode.Redirect, app.Visitor(), address);
    }

    private static async Task DemandAsync(HttpStatusCode expected, HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Ct);
        Assert.True(response.StatusCode == expected, $"{address}: {response.StatusCode}");
    }
}
