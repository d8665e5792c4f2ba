using Bunit;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Calendar.Parts;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.People.Parts;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Desk.List;
using LogisticsAdmin.Features.Repairs.Desk.Panel;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.SavedViews.Parts;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.ServiceLevels.Parts;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>What a draft belongs to, and what is restored from it, in the dialogs of the slices.</summary>
public sealed class DialogDraftTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_of_a_bulk_verb_belongs_to_the_marked_tickets_in_whatever_order()
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await host.TicketAsync(), await host.TicketAsync());
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Dispatcher));
        Task<string> KeyAsync(RepairVerb verb, params RepairRow[] rows)
        {
            var marks = new RowMarks<RepairRow>(r => r.Pressing);
            marks.MarkAll(rows);
            return page.KeyOfAsync<BulkDialog>(p =>
            {
                p.Add(d => d.Verb, verb);
                p.Add(d => d.Marks, marks);
            });
        }

        var both = await KeyAsync(RepairVerb.Comment, one, other);
        Assert.Equal(both, await KeyAsync(RepairVerb.Comment, other, one));
        var (first, second) = (await KeyAsync(RepairVerb.Comment, one), await KeyAsync(RepairVerb.Comment, other));
        var verify = await KeyAsync(RepairVerb.Verify, one);
        Assert.Equal(4, new[] { both, first, second, verify }.Distinct().Count());
    }

    [Fact]
    public async Task A_draft_of_a_bulk_verb_belongs_to_the_chosen_people_in_whatever_order()
    {
        await using var host = await TestHost.OpenAsync();
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Administrator));
        Task<string> KeyAsync(PeopleVerb verb, params long[] ids) => page.KeyOfAsync<PeopleBulkDialog>(p =>
        {
            p.Add(d => d.Verb, verb);
            p.Add(d => d.Ids, ids);
        });

        var both = await KeyAsync(PeopleVerb.Disable, 12, 3);
        Assert.Equal(both, await KeyAsync(PeopleVerb.Disable, 3, 12));
        Assert.Equal(4, new[] { both, await KeyAsync(PeopleVerb.Disable, 3), await KeyAsync(PeopleVerb.Disable, 123), await KeyAsync(PeopleVerb.Move, 3, 12) }
            .Distinct().Count());
    }

    [Fact]
    public async Task Assigning_and_transferring_a_ticket_have_drafts_of_their_own()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Dispatcher));
        Task<string> KeyAsync(bool transfers) => page.KeyOfAsync<AssignDialog>(p =>
        {
            p.Add(d => d.Row, ticket);
            p.Add(d => d.Transfers, transfers);
        });
        Assert.NotEqual(await KeyAsync(transfers: false), await KeyAsync(transfers: true));
    }

    [Fact]
    public async Task The_draft_of_a_new_view_belongs_to_its_list_and_filter()
    {
        await using var host = await TestHost.OpenAsync();
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Dispatcher));
        Task<string> KeyAsync(string text, string list = "repairs") => page.KeyOfAsync<SaveViewDialog>(p =>
        {
            p.Add(d => d.List, list);
            p.Add(d => d.Query, $"?q={text}");
        });
        var key = await KeyAsync("漏水");
        Assert.Equal(key, await KeyAsync("漏水"));
        Assert.NotEqual(key, await KeyAsync("停电"));
        Assert.NotEqual(key, await KeyAsync("漏水", "voice"));
    }

    [Fact]
    public async Task A_rate_that_was_typed_before_a_colleague_set_another_is_refused_first_and_overwrites_only_deliberately()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Administrator)).Get<PartsService>();
        var before = (await parts.RatesAsync(Ct))[0];
        await parts.SetRateAsync(before.CrewId, new LabourRateForm { ExpectedRateId = before.RateId, PricePerHour = 80 }, Ct);
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Manager));
        page.Keep(new RestoredDraft(before.RateId, []));
        var now = (await parts.RatesAsync(Ct))[0];
        await page.ShowAsync<RateDialog>(p => p.Add(d => d.Rate, now));
        await page.Dialogs.WaitForElementAsync("[data-draft-restored]");

        await page.Dialogs.Find("#rate-price").ChangeAsync("90");
        await page.Dialogs.Find("#rate-form").SubmitAsync();
        Assert.Contains("郑海涛", page.Problem, StringComparison.Ordinal);
        Assert.Equal(80, (await parts.RatesAsync(Ct))[0].PricePerHour);
        await page.Dialogs.Find("#rate-form").SubmitAsync();
        Assert.Equal(90, (await parts.RatesAsync(Ct))[0].PricePerHour);
    }

    [Fact]
    public async Task Slots_that_were_typed_before_a_colleague_set_others_are_refused_first_and_overwrite_only_deliberately()
    {
        await using var host = await TestHost.OpenAsync();
        var calendar = (await host.AsAsync(TestUsers.Administrator)).Get<CalendarService>();
        async Task<WeekdaySlots> MondayAsync() => (await calendar.ReadAsync(2026, Ct)).Week.Single(s => s is { Season: Season.Term, Day: DayOfWeek.Monday });
        var before = await MondayAsync();
        var theirs = new SlotTimes(new(9, 0), new(11, 0));
        await calendar.SaveSlotsAsync(new SlotsForm { ExpectedSlots = before.Slots, Slots = [theirs] }, Ct);
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Manager));
        page.Keep(new RestoredDraft(null, [], string.Join(';', before.Slots.Select(s => $"{s.From:HH:mm}-{s.To:HH:mm}"))));
        var now = await MondayAsync();
        await page.ShowAsync<SlotsDialog>(p => p.Add(d => d.Slots, now));
        await page.Dialogs.WaitForElementAsync("[data-draft-restored]");

        await page.Dialogs.Find("#slots-lines").ChangeAsync("08:00-10:00");
        await page.Dialogs.Find("#slots-form").SubmitAsync();
        Assert.NotEmpty(page.Problem);
        Assert.Equal([theirs], (await MondayAsync()).Slots);
        await page.Dialogs.Find("#slots-form").SubmitAsync();
        Assert.Equal([new SlotTimes(new(8, 0), new(10, 0))], (await MondayAsync()).Slots);
    }

    [Fact]
    public async Task A_level_of_a_category_that_a_colleague_set_meanwhile_is_not_ended_unseen()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var subjects = await manager.SubjectsAsync(Ct);
        var leaf = subjects.First(s => s.ParentId is not null && s.DefaultUrgency == (int)Urgency.Normal);
        var form = new LevelForm { Urgency = Urgency.Normal, CategoryId = leaf.Id, ResponseHours = 2, CompletionHours = 6, Why = "校长办公会" };
        await manager.SetAsync(form, Ct);
        var levels = await manager.ReadAsync(Ct);
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Administrator));
        page.Keep(new RestoredDraft(null, [], ""));
        await page.ShowAsync<LevelDialog>(p =>
        {
            p.Add(d => d.Subjects, subjects);
            p.Add(d => d.InForce, levels);
        });
        await page.Dialogs.WaitForElementAsync("[data-draft-restored]");

        await page.Dialogs.Find("#level-category").ChangeAsync($"{leaf.Id}");
        await page.Dialogs.Find("#level-completion").ChangeAsync("9");
        await page.Dialogs.Find("#level-why").InputAsync("试行");
        await page.Dialogs.Find("#level-form").SubmitAsync();

        Assert.Contains("沈国栋", page.Problem, StringComparison.Ordinal);
        Assert.Equal(levels.Select(l => l.Id), (await manager.ReadAsync(Ct)).Select(l => l.Id));
    }

    [Fact]
    public async Task A_crew_that_was_chosen_before_a_colleague_assigned_the_ticket_meets_the_clash_first()
    {
        await using var host = await TestHost.OpenAsync();
        var before = await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        var choices = await desk.Choices.ChoicesAsync(Ct);
        await desk.Repairs.AssignAsync(before.Id, new AssignForm { ExpectedStatus = before.Status, CrewId = choices.Crews[0].Id }, Ct);
        var now = await host.RowAsync(before.Number);
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Dispatcher));
        page.Keep(new RestoredDraft(null, [], $"{before.Status}::"));
        await page.ShowAsync<AssignDialog>(p =>
        {
            p.Add(d => d.Row, now);
            p.Add(d => d.Choices, choices);
            p.Add(d => d.Transfers, !now.Status.Allows(RepairVerb.Assign));
        });
        await page.Dialogs.WaitForElementAsync("[data-draft-restored]");

        await page.Dialogs.Find("#assign-crew").ChangeAsync($"{choices.Crews[1].Id}");
        await page.Dialogs.Find("#assign-form").SubmitAsync();
        Assert.Contains("沈国栋", page.Dialogs.Find("[data-clash]").TextContent, StringComparison.Ordinal);
        Assert.Equal(choices.Crews[0].Id, (await host.RowAsync(before.Number)).CrewId);
        await page.Dialogs.Find("#assign-form").SubmitAsync();
        Assert.Equal(choices.Crews[1].Id, (await host.RowAsync(before.Number)).CrewId);
    }

    [Fact]
    public async Task What_cannot_be_read_in_a_draft_is_skipped()
    {
        await using var host = await TestHost.OpenAsync();
        var slots = new WeekdaySlots(Season.Term, DayOfWeek.Monday, []);
        await using var page = new DialogPage(await host.AsAsync(TestUsers.Administrator));
        await page.ShowAsync<SlotsDialog>(p => p.Add(d => d.Slots, slots));
        await page.Dialogs.Find("#slots-lines").ChangeAsync("08:00;x-10:00;-;08:00-10:00-12:00;");
        Assert.Equal("-10:00;-", page.Dialogs.Find("#slots-lines").GetAttribute("value"));

        await page.ShowAsync<PersonDialog>(_ => { });
        await page.Dialogs.Find("#person-roles").ChangeAsync("Technician,Owner,7,,Manager");
        Assert.Equal([Role.Manager, Role.Technician], RolesOf(page));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Roles_come_back_from_a_draft_only_if_nobody_changed_the_person_meanwhile(bool isOutdated, bool areRestored)
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var people = await admin.Get<PeopleService>().ListAsync(new PeopleFilter { Text = TestUsers.Dispatcher }, Ct);
        var person = people.Items.Single(p => p.UserName == TestUsers.Dispatcher);
        await using var page = new DialogPage(admin);
        page.Keep(new RestoredDraft(isOutdated ? person.Version - 1 : person.Version, []));
        await page.ShowAsync<PersonDialog>(p => p.Add(d => d.Person, person));
        await page.Dialogs.WaitForElementAsync("[data-draft-restored]");
        await page.Dialogs.Find("#person-roles").ChangeAsync(nameof(Role.Administrator));
        Assert.Equal(areRestored ? [Role.Administrator] : person.Roles, RolesOf(page));
    }

    private static IEnumerable<Role> RolesOf(DialogPage page) =>
        page.Dialogs.Find("#person-roles").GetAttribute("value")!.Split(',').Select(Enum.Parse<Role>).Order();
}
