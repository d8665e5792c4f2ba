using System.Globalization;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>The texts of refusals.</summary>
public sealed class RefusalWordsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Languages.Chinese, "房间", "请填写", "故障描述")]
    [InlineData(Languages.English, "Room", "Please fill in", "What is wrong")]
    public async Task A_form_s_messages_come_in_the_reader_s_language_with_our_names(string language, string room, string empty, string description)
    {
        await using var host = await TestHost.OpenAsync();
        Speak(language);
        var resident = await host.AsAsync(TestUsers.Resident);
        var form = await host.FormAsync();
        (form.RoomId, form.Description, form.Phone) = (null, "\u200b", "x");
        var problems = (await Assert.ThrowsAsync<Rejected>(() => resident.Intake.SubmitAsync(form, Ct))).Problems;

        string Of(string field) => string.Join(' ', problems.Where(p => p.Field == field).Select(p => resident.Get<RefusalText>().Of(p)));
        Assert.Contains(room, Of(nameof(ReportForm.RoomId)), StringComparison.Ordinal);
        Assert.Contains(empty, Of(nameof(ReportForm.Description)), StringComparison.Ordinal);
        Assert.Contains(description, Of(nameof(ReportForm.Description)), StringComparison.Ordinal);
        Assert.DoesNotContain("{", Of(nameof(ReportForm.Description)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Languages.Chinese, "维修中", "18:00", "王静")]
    [InlineData(Languages.English, "In progress", "18:00", "王静 was faster")]
    public async Task States_times_and_people_are_shown_as_the_reader_knows_them(string language, string state, string time, string by)
    {
        await using var host = await TestHost.OpenAsync();
        Speak(language);
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var (resident, office, manager) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher),
            await host.AsAsync(TestUsers.Manager));
        var words = office.Get<RefusalText>();

        var wrongState = await Assert.ThrowsAsync<Rejected>(() => office.Repairs.TriageAsync(ticket.Id, Ct));
        Assert.Contains(state, words.Of(wrongState), StringComparison.Ordinal);

        await resident.Repairs.NudgeAsync(ticket.Id, new NoteForm(), Ct);
        var tooSoon = await Assert.ThrowsAsync<Rejected>(() => resident.Repairs.NudgeAsync(ticket.Id, new NoteForm(), Ct));
        Assert.Contains(time, words.Of(tooSoon), StringComparison.Ordinal);

        var other = await host.TicketAsync();
        var form = await host.AssignmentAsync(other.Number);
        await office.Repairs.AssignAsync(other.Id, form, Ct);
        var stale = await Assert.ThrowsAsync<Stale>(() => manager.Repairs.AssignAsync(other.Id, form, Ct));
        Assert.Contains(by, words.Of(stale), StringComparison.Ordinal);
        Assert.Contains("孙强", words.Of(stale), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Languages.Chinese, "维修中")]
    [InlineData(Languages.English, "In progress")]
    public async Task A_state_is_called_the_same_when_another_slice_refuses(string language, string state)
    {
        await using var host = await TestHost.OpenAsync();
        Speak(language);
        var words = (await host.AsAsync(TestUsers.Dispatcher)).Get<RefusalText>();

        Assert.Contains(state, words.Of(Rejected.Because<PeopleText>("BedTaken", TicketStatus.InProgress)), StringComparison.Ordinal);
    }

    private static void Speak(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
}
