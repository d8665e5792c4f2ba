using System.Globalization;
using System.Net;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Documents;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>What is printed before the students come, as another program reads it.</summary>
public sealed class EntryPdfTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Languages.Chinese, "新生1号楼", "床位", "还没有床位")]
    [InlineData(Languages.English, "Freshmen 1", "Bed", "No bed yet")]
    public async Task Door_signs_and_room_lists_say_who_lives_where(string language, string building, string bed, string without)
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.GivenAsync("freshman1", intake.Beds[0]);
        await (await host.DeskAsync()).CheckInAsync(await host.GivenAsync("freshman3", intake.Beds[1]), EntryDeskSteps.Late(), Ct);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (papers, engine) = (desk.Get<EntryPapers>(), desk.Get<IDocumentEngine>());

        var signs = await PdfTools.TextAsync(engine.Write(await papers.DoorSignsAsync(intake.Building, Ct), cancellation: Ct));
        var list = await PdfTools.TextAsync(engine.Write(await papers.RoomsAsync(Intake.ClassName, Ct), cancellation: Ct));

        foreach (var said in new[] { building, bed, "101", "新生1", "新生3", Intake.ClassName }) Assert.Contains(said, signs, StringComparison.Ordinal);
        // A room that nobody has chosen has no sign, and who has no bed is on none.
        foreach (var absent in new[] { "102", "新生2" }) Assert.DoesNotContain(absent, signs, StringComparison.Ordinal);
        foreach (var said in new[] { Intake.ClassName, "新生1", "新生2", "20260002", "101-1", "101-2", without })
            Assert.Contains(said, list, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotFound>(() => papers.RoomsAsync("别的班", Ct));
        await Assert.ThrowsAsync<NotFound>(() => papers.DoorSignsAsync(99_999, Ct));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.NotFound)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Forbidden)]
    public async Task Papers_are_for_the_office_and_missing_while_no_season_is_open(string who, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(who);
        foreach (var address in new[] { "/onboarding/door-signs.pdf?building=1", "/onboarding/rooms.pdf", "/onboarding/rooms.pdf?class=x" })
        {
            using var answer = await client.GetAsync(address, Ct);
            Assert.Equal(expected, answer.StatusCode);
        }
    }
}
