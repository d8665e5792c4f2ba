using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Desk.Panel;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>An open dialog offers what administrators have set meanwhile.</summary>
public sealed class LiveChoicesTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_open_dialog_of_an_assignment_follows_who_belongs_to_a_crew()
    {
        await using var host = await TestHost.OpenAsync();
        var (desk, admin) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Administrator));
        var ticket = await host.TicketAsync(TicketStatus.Triaged);
        var detail = await desk.Tickets.DetailAsync(ticket.Number, Ct);
        await using var page = new DialogPage(desk);
        await page.ShowAsync<AssignDialog>(p => p.Add(d => d.Row, detail.Row));
        await page.Dialogs.WaitForAssertionAsync(() => Assert.Contains("孙强", page.Dialogs.Markup, StringComparison.Ordinal), TestTimeouts.Default);

        var technician = await host.InDatabaseAsync(db => db.Users.Where(p => p.FullName == "孙强").Select(p => p.Id).SingleAsync(Ct));
        await admin.Get<PeopleService>().DeleteAsync(technician, new DisableForm { Reason = "离职" }, Ct);

        await page.Dialogs.WaitForAssertionAsync(() => Assert.DoesNotContain("孙强", page.Dialogs.Markup, StringComparison.Ordinal), TestTimeouts.Default);
    }

    [Fact]
    public async Task The_open_dialog_of_a_report_follows_categories_and_visit_slots()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var (desk, admin) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Administrator));
        var choices = await desk.Choices.ChoicesAsync(Ct);
        await using var page = new DialogPage(desk);
        await page.ShowAsync<ReportDialog>(p => p.Add(d => d.Choices, choices));
        Assert.DoesNotContain("06:00–07:00", page.Dialogs.Markup, StringComparison.Ordinal);

        await admin.Get<CategorySettings>().SaveAsync(null, SettingsSample.Leaf("water-spare", await host.CategoryAsync("water")), Ct);
        await admin.Get<SlotSettings>().SaveAsync(null, SettingsSample.Slot(6, 7), Ct);

        await page.Dialogs.WaitForAssertionAsync(() =>
        {
            Assert.Contains("备用类别", page.Dialogs.Markup, StringComparison.Ordinal);
            Assert.Contains("06:00–07:00", page.Dialogs.Markup, StringComparison.Ordinal);
        }, TestTimeouts.Default);
    }
}
