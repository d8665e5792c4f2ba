using System.Net;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Who may do what with leaving, and the pages over HTTP.</summary>
public sealed class LeavingAccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true, true, true, true)]
    [InlineData(TestUsers.Manager, true, true, false, true)]
    [InlineData(TestUsers.Dispatcher, true, false, true, true)]
    [InlineData(TestUsers.Technician, false, false, false, false)]
    [InlineData(TestUsers.Resident, false, false, false, false)]
    public async Task The_management_changes_rounds_administrators_and_dispatchers_act_and_the_office_reads(
        string who, bool reads, bool manages, bool acts, bool updates)
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        var key = await host.KeyAsync("a1", "101-A");
        var leaver = (await host.LeaverAsync("a1")).Id;
        var inspection = await host.InspectionAsync("a1");
        var desk = await host.AsAsync(who);
        var (queries, service) = (desk.Get<LeavingQueries>(), desk.Get<LeavingService>());
        foreach (var read in new Func<Task>[]
        {
            () => queries.RoundsAsync(Ct), () => queries.RoundAsync(round, Ct), () => queries.PeopleAsync(round, new LeaverFilter(), Ct),
            () => queries.AllAsync(round, new LeaverFilter(), Ct), () => queries.IdsAsync(round, new LeaverFilter(), Ct), () => queries.CountsAsync(round, Ct),
            () => queries.SheetAsync(round, null, null, 10, Ct), () => desk.Get<ClearanceSheets>().ReadAsync(round, null, null, Ct),
        })
        {
            await DemandAsync(reads, read);
        }
        await DemandAsync(updates, () => service.EnrolAsync(round, Ct));
        await DemandAsync(acts, () => service.InspectAsync(leaver, inspection, Ct));
        await DemandAsync(acts, () => service.ReturnKeyAsync(leaver, key, Ct));
        await DemandAsync(acts, () => desk.Get<LeavingCheckOut>().CheckOutAsync(round, [leaver], ct: Ct));
        await DemandAsync(manages, () => service.AddAsync(LeavingSteps.RoundForm("另一个班"), Ct));
        await DemandAsync(manages, () => service.CloseAsync(round, Ct));
        await DemandAsync(manages, () => service.ReopenAsync(round, Ct));
        if (!manages) await Assert.ThrowsAsync<Forbidden>(() => service.SaveAsync(round, LeavingSteps.RoundForm(), Ct));
        if (!acts) await Assert.ThrowsAsync<Forbidden>(() => service.ChargeAsync(leaver, new Money(1), Ct));
        Assert.Equal(acts, (await host.PersonAsync("a1")).RoomId is null);
        if (who != TestUsers.Resident) await Assert.ThrowsAsync<Forbidden>(() => queries.MineAsync(ct: Ct));
        else Assert.Null(await queries.MineAsync(ct: Ct));
    }

    [Fact]
    public async Task A_resident_sees_what_is_settled_what_is_open_and_where_to_pay_and_nobody_else_s()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        var mine = await app.SignInAsync(TestUsers.Resident);
        Assert.Null((await mine.PageAsync("/my")).QuerySelector("[data-leaving]"));
        Assert.NotNull((await mine.PageAsync("/my/leaving")).QuerySelector(".card.empty"));
        await app.InDatabaseAsync(LeavingSteps.AddFirstRoundAsync);
        await app.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Set<Leaver>().SingleAsync(token)).PayWith("ZF20261122-0001");
            return 0;
        }, Ct));

        Assert.Equal("my/leaving", (await mine.PageAsync("/my")).QuerySelector("[data-leaving]")!.GetAttribute("href"));
        var page = await mine.PageAsync("/my/leaving");
        Assert.Equal("my/pay?order=ZF20261122-0001", page.QuerySelector("[data-pay]")!.GetAttribute("href"));
        Assert.Contains("50.00", page.QuerySelector("[data-part=inspection]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("512-1", page.QuerySelector("[data-part=keys]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        // Addresses of the office are no links here.
        Assert.All(page.QuerySelectorAll("main a"), a => Assert.StartsWith("my", a.GetAttribute("href")!, StringComparison.Ordinal));
        var other = await app.SignInAsync(TestUsers.Technician);
        using var refused = await other.GetAsync("/my/leaving", Ct);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.OK)]
    [InlineData(TestUsers.Manager, HttpStatusCode.OK)]
    [InlineData(TestUsers.Technician, HttpStatusCode.Forbidden)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Forbidden)]
    public async Task Sheets_and_files_are_for_the_office(string who, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        await app.InDatabaseAsync(LeavingSteps.AddFirstRoundAsync);
        var client = await app.SignInAsync(who);
        string[] addresses =
        [
            "/onboarding/leaving/1/sheets.pdf", "/exports/leavers.csv?round=1", "/exports/leaving-rounds.csv", "/exports/room-changes.csv",
            "/exports/room-keys.csv",
        ];
        foreach (var address in addresses)
        {
            using var answer = await client.GetAsync(address, Ct);
            Assert.Equal(expected, answer.StatusCode);
        }
        if (expected != HttpStatusCode.OK) return;
        foreach (var address in new[] { "/onboarding/leaving/99/sheets.pdf", "/onboarding/leaving/1/sheets.pdf?class=xyz" })
        {
            using var none = await client.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
        string[] pages = ["/onboarding/leaving", "/onboarding/leaving/1", "/onboarding/leaving/99", "/onboarding/room-changes", "/onboarding/keys"];
        foreach (var address in pages)
        {
            using var page = await client.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    private static async Task DemandAsync(bool may, Func<Task> work)
    {
        if (!may)
        {
            await Assert.ThrowsAsync<Forbidden>(work);
            return;
        }
        await work();
    }
}
