using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Slips;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>代报 for callers without an account: name and phone are stored on the ticket, shown and found like those of a reporter.</summary>
public sealed class CallerWithoutAccountTests
{
    private const string Name = "欧阳芷若";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_caller_is_shown_wherever_a_reporter_is_and_gets_no_messages()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var number = await ReportAsync(host, office);
        var row = await host.RowAsync(number);

        Assert.Equal((null, Name, "13955501234"), (row.ReporterId, row.Reporter, row.ContactPhone));
        var detail = await office.Tickets.DetailAsync(number, Ct);
        Assert.Equal((Name, "13955501234", "王静"), (detail.Reporter, detail.Phone, detail.FiledBy));
        Assert.Equal(office.PersonId, row.OwnerId);
        Assert.Equal(Name, Assert.Single(await office.Get<SlipQueries>().SlipsAsync([number], Ct)).Reporter);
        Assert.Equal(Name, (await office.Lists.ExportAsync(new RepairFilter { View = RepairView.All }, ct: Ct).SingleAsync(Ct)).Reporter);
        Assert.Equal(Name, (await office.Get<IEnumerable<IReplySubjects>>().OfType<RepairReplySubjects>().Single().FindAsync(number, Ct))!.Reporter);

        await office.Repairs.TriageAsync(row.Id, Ct);
        await office.Repairs.CommentAsync(row.Id, new CommentForm { Text = "已安排" }, Ct);
        Assert.Equal(Name, (await host.RowAsync(number)).Reporter);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("欧阳芷若")]
    [InlineData("欧阳")]
    [InlineData("ouyang")]
    [InlineData("ouyangzhiruo")]
    [InlineData("oyzr")]
    [InlineData("13955501234")]
    [InlineData("1234")]
    [InlineData("oyzr 水龙头")]
    public async Task The_ticket_is_found_by_name_pinyin_and_phone_in_search_on_the_desk_and_in_live_rows(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        await host.TicketAsync();
        var number = await ReportAsync(host, office);

        Assert.Equal([number], (await office.Tickets.SearchAsync(typed, ct: Ct)).Select(r => r.Number));
        var listed = await office.Lists.WindowAsync(new RepairFilter { View = RepairView.All, Text = typed }, 10, ct: Ct);
        Assert.Equal([number], listed.Items.Select(r => r.Number));
        var row = await host.RowAsync(number);
        Assert.True(SearchIndex.Matches(typed, row.SearchText, row.ReporterWords));
    }

    [Fact]
    public async Task Only_the_office_reports_for_a_caller_and_a_chosen_person_is_the_reporter()
    {
        await using var host = await TestHost.OpenAsync();
        foreach (var user in new[] { TestUsers.Resident, TestUsers.Technician })
            await Assert.ThrowsAsync<Forbidden>(async () => await ReportAsync(host, await host.AsAsync(user)));
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));

        var row = await host.RowAsync(await ReportAsync(host, office, form => form.ForPersonId = resident.PersonId));

        Assert.Equal((resident.PersonId, "王小雨", null), (row.ReporterId, row.Reporter, row.ContactName));
    }

    [Fact]
    public async Task A_name_that_is_too_long_or_invisible_is_refused_at_its_field()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        foreach (var name in new[] { new string('名', RepairLimits.ContactName + 1), "\u200b\u2060" })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => ReportAsync(host, office, form => form.ContactName = name));
            Assert.Equal(nameof(ReportForm.ContactName), Assert.Single(refused.Problems).Field);
        }
    }

    [Fact]
    public async Task A_report_on_behalf_takes_the_photos_of_the_office_within_the_limits_of_residents()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var photos = office.Get<RepairPhotos>();
        List<Guid> keys = [];
        for (var n = 0; n <= CampusRules.PhotosPerTicket; n++) keys.Add((await photos.UploadDraftAsync(new MemoryStream(Phone.Jpeg()), Ct)).Key);

        var refused = await Assert.ThrowsAsync<Rejected>(() => ReportAsync(host, office, form => form.Photos = keys));
        Assert.Equal(nameof(ReportForm.Photos), Assert.Single(refused.Problems).Field);
        var number = await ReportAsync(host, office, form => form.Photos = keys[1..]);

        var submitted = (await office.Tickets.DetailAsync(number, Ct)).Timeline[0];
        Assert.Equal(keys[1..], submitted.Photos.Select(p => p.Key));
    }

    private static async Task<string> ReportAsync(TestHost host, Desk desk, Action<ReportForm>? change = null)
    {
        var form = await host.FormAsync();
        (form.ContactName, form.Phone) = ($" {Name} ", "13955501234");
        change?.Invoke(form);
        return await desk.Intake.SubmitAsync(form, Ct);
    }
}
