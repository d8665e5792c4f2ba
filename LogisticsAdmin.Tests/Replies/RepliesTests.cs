using System.Globalization;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Replies;

/// <summary>Canned replies: who manages them, how placeholders are filled, and macros that reply and act at once.</summary>
public sealed class RepliesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_has_shared_replies_that_pass_their_own_validation()
    {
        await using var host = await TestHost.OpenAsync();
        var rows = await (await RepliesAsync(host, TestUsers.Manager)).ListAsync(new ReplyFilter(), Ct);
        var rules = new ReplyFormValidator(host.Services.GetRequiredService<IMacroActions>());
        Assert.True(rows.Count >= 12);
        Assert.Contains(rows, r => r.Action == new MacroAction(nameof(RepairVerb.Hold), nameof(HoldReason.Parts)));
        Assert.All(rows, r =>
        {
            Assert.True(r.IsShared && r.Text.Length > 0 && r.TextEn.Length > 0 && r.NameEn.Length > 0);
            rules.Demand(Of(r));
        });
    }

    [Fact]
    public async Task What_the_office_made_of_the_first_replies_survives_the_next_start()
    {
        await using var host = await TestHost.OpenAsync();
        var replies = await RepliesAsync(host, TestUsers.Manager);
        var first = (await replies.ListAsync(new ReplyFilter(), Ct))[0];
        await replies.RetireAsync(first.Id, Ct);
        await host.InDatabaseAsync(async db =>
        {
            await new RepliesReference().LoadAsync(db, Ct);
            return true;
        });
        Assert.DoesNotContain(await replies.ListAsync(new ReplyFilter(), Ct), r => r.Shortcut == first.Shortcut);
    }

    [Fact]
    public async Task Everyone_of_the_office_keeps_personal_replies_that_nobody_else_finds()
    {
        await using var host = await TestHost.OpenAsync();
        var (mine, admin) = (await RepliesAsync(host, TestUsers.Dispatcher), await RepliesAsync(host, TestUsers.Administrator));
        var id = await mine.CreateAsync(Form("我的", shortcut: "wode"), Ct);
        Assert.Contains(await mine.OffersAsync(Ct), o => o.Id == id && o is { Shortcut: "wode", IsShared: false });

        Assert.DoesNotContain(await admin.ListAsync(new ReplyFilter(), Ct), r => r.Id == id);
        Assert.DoesNotContain(await admin.OffersAsync(Ct), o => o.Id == id);
        await Assert.ThrowsAsync<NotFound>(() => admin.SaveAsync(id, Form("x"), Ct));
        await Assert.ThrowsAsync<NotFound>(() => admin.RetireAsync(id, Ct));
        var ticket = await host.TicketAsync();
        await Assert.ThrowsAsync<NotFound>(() => admin.FillAsync(id, ticket.Number, Ct));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.EnglishDispatcher, false)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Administrator, true)]
    public async Task Shared_replies_are_kept_by_managers_and_administrators(string userName, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var replies = await RepliesAsync(host, userName);
        var row = (await replies.ListAsync(new ReplyFilter { Text = "/dailiao" }, Ct)).Single();
        Assert.Equal(may, row.MayChange);
        Func<Task>[] changes =
        [
            () => replies.CreateAsync(Form("新的", shared: true), Ct),
            () => replies.SaveAsync(row.Id, Of(row), Ct),
            () => replies.RetireAsync(row.Id, Ct),
            () => replies.RestoreAsync(row.Id, Ct),
        ];
        foreach (var change in changes)
        {
            if (may) await change();
            else await Assert.ThrowsAsync<Forbidden>(change);
        }
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_else_sees_or_keeps_any(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var replies = await RepliesAsync(host, userName);
        await Assert.ThrowsAsync<Forbidden>(() => replies.ListAsync(new ReplyFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => replies.OffersAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => replies.FillAsync(1, ticket.Number, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => replies.CreateAsync(Form("x"), Ct));
    }

    [Fact]
    public async Task A_shortcut_is_unique_among_the_living_of_its_owner_and_one_s_own_hides_the_shared_one()
    {
        await using var host = await TestHost.OpenAsync();
        var (dispatcher, manager) = (await RepliesAsync(host, TestUsers.Dispatcher), await RepliesAsync(host, TestUsers.Manager));
        var taken = await Assert.ThrowsAsync<Rejected>(() => manager.CreateAsync(Form("又一个", shortcut: "/ＤＡＩＬＩＡＯ", shared: true), Ct));
        Assert.Equal(nameof(ReplyForm.Shortcut), Assert.Single(taken.Problems).Field);

        var own = await dispatcher.CreateAsync(Form("我的待料", shortcut: "DaiLiao"), Ct);
        Assert.Equal(own, Assert.Single(await dispatcher.OffersAsync(Ct), o => o.Shortcut == "dailiao").Id);
        await Assert.ThrowsAsync<Rejected>(() => dispatcher.CreateAsync(Form("第二个", shortcut: "dailiao"), Ct));

        await dispatcher.RetireAsync(own, Ct);
        await dispatcher.CreateAsync(Form("第二个", shortcut: "dailiao"), Ct);
        await Assert.ThrowsAsync<Rejected>(() => dispatcher.RestoreAsync(own, Ct));
        Assert.Contains(await dispatcher.ListAsync(new ReplyFilter { Retired = true }, Ct), r => r.Id == own);
    }

    [Fact]
    public async Task A_changed_reply_is_audited_and_a_stale_form_is_told_who_was_faster()
    {
        await using var host = await TestHost.OpenAsync();
        var (manager, admin) = (await RepliesAsync(host, TestUsers.Manager), await RepliesAsync(host, TestUsers.Administrator));
        var row = (await manager.ListAsync(new ReplyFilter { Text = "dailiao" }, Ct)).Single();
        var form = Of(row);
        form.Text = "配件已到货。";
        await manager.SaveAsync(row.Id, form, Ct);
        var stale = await Assert.ThrowsAsync<Stale>(() => admin.SaveAsync(row.Id, Of(row), Ct));
        Assert.NotNull(stale.By);
        Assert.Contains(
            await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(CannedReply) && a.EntityId == row.Id).ToListAsync(Ct)),
            a => a.Field == "Text" && a.New == "配件已到货。");
    }

    [Theory]
    [InlineData(nameof(ReplyForm.Text), "您好 {报修人单号}", "", null, null, null)]
    [InlineData(nameof(ReplyForm.TextEn), "您好", "Hello {name}", null, null, null)]
    [InlineData(nameof(ReplyForm.Text), "", "", null, null, null)]
    [InlineData(nameof(ReplyForm.Shortcut), "您好", "", "a", null, null)]
    [InlineData(nameof(ReplyForm.Shortcut), "您好", "", "two words", null, null)]
    [InlineData(nameof(ReplyForm.Shortcut), "您好", "", "a/b", null, null)]
    [InlineData(nameof(ReplyForm.Verb), "您好", "", null, RepairVerb.Cancel, null)]
    [InlineData(nameof(ReplyForm.Code), "您好", "", null, RepairVerb.Hold, null)]
    [InlineData(nameof(ReplyForm.Code), "您好", "", null, RepairVerb.ChangeUrgency, "Parts")]
    [InlineData(nameof(ReplyForm.Code), "您好", "", null, RepairVerb.Triage, "Parts")]
    public async Task What_would_not_work_is_refused_at_its_field(string field, string text, string textEn, string? shortcut, RepairVerb? verb, string? code)
    {
        await using var host = await TestHost.OpenAsync();
        var replies = await RepliesAsync(host, TestUsers.Dispatcher);
        var form = new ReplyForm { Name = "x", Text = text, TextEn = textEn, Shortcut = shortcut, Verb = verb?.ToString(), Code = code };
        var refused = await Assert.ThrowsAsync<Rejected>(() => replies.CreateAsync(form, Ct));
        Assert.Equal(field, Assert.Single(refused.Problems).Field);
        Assert.DoesNotContain("{Unknown}", refused.Problems[0].Text!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("待料")]
    [InlineData("a-1")]
    [InlineData("/dai-料-20")]
    public async Task Letters_digits_hyphens_and_Chinese_make_a_shortcut(string shortcut)
    {
        await using var host = await TestHost.OpenAsync();
        new ReplyFormValidator(host.Services.GetRequiredService<IMacroActions>()).Demand(new ReplyForm { Name = "x", Text = "y", Shortcut = shortcut });
    }

    [Fact]
    public async Task Both_spellings_of_every_placeholder_are_filled_with_the_ticket_s_facts()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var replies = await RepliesAsync(host, TestUsers.Dispatcher);
        var id = await replies.CreateAsync(new ReplyForm
        {
            Name = "全部",
            Text = "{报修人}|{单号}|{地点}|{期限}|{维修人员}|{我}|{reporter}|{NUMBER}|{place}|{due}|{ technician }|{me}",
        }, Ct);
        var filled = (await replies.FillAsync(id, ticket.Number, Ct)).Text.Split('|');
        Assert.Equal(["王小雨", ticket.Number, "竹园3号楼 512", "11月25日 17:30", "孙强", "王静"], filled[..6]);
        Assert.Equal(filled[..6], filled[6..]);
    }

    [Fact]
    public async Task A_reply_is_made_out_in_the_reporter_s_language_and_in_the_other_where_there_is_no_text()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var replies = await RepliesAsync(host, TestUsers.Dispatcher);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.English);
        var both = await replies.CreateAsync(new ReplyForm { Name = "两种", Text = "{地点}", TextEn = "at {place}" }, Ct);
        var english = await replies.CreateAsync(new ReplyForm { NameEn = "English only", TextEn = "at {place} by {due} by {technician}" }, Ct);

        Assert.Equal("竹园3号楼 512", (await replies.FillAsync(both, ticket.Number, Ct)).Text);
        Assert.Matches("^at [A-Za-z].* 512 by 25 Nov 17:30 by the technician$", (await replies.FillAsync(english, ticket.Number, Ct)).Text);
        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct)).SetLanguage(Languages.English);
            return await db.SaveChangesAsync(Ct);
        });
        Assert.StartsWith("at ", (await replies.FillAsync(both, ticket.Number, Ct)).Text, StringComparison.Ordinal);
        Assert.Equal("English only", (await replies.OffersAsync(Ct)).Single(o => o.Id == english).Name.ToString());
    }

    [Fact]
    public async Task A_macro_says_and_does_in_one_go_and_the_reporter_hears_of_both()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        await office.Repairs.ReplyAsync(
            ticket.Id, new CommentForm { Text = "配件已申购" }, new ReplyAction(RepairVerb.Hold, nameof(HoldReason.Parts)), Ct);

        var sheet = await resident.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Equal((TicketStatus.OnHold, HoldReason.Parts), (sheet.Row.Status, sheet.Row.HeldFor));
        Assert.Equal([RepairVerb.Comment, RepairVerb.Hold], sheet.Timeline.TakeLast(2).Select(e => e.Verb));
        var told = await host.InDatabaseAsync(db => db.Inbox
            .Where(i => i.PersonId == resident.PersonId).OrderByDescending(i => i.Id)
            .Take(2).Select(i => (RepairNotification)i.Kind).ToListAsync(Ct));
        Assert.Equal([RepairNotification.Replied, RepairNotification.StateChanged], told.Order().Reverse());
    }

    [Theory]
    [InlineData(RepairVerb.Triage, null, TicketStatus.New, TicketStatus.Triaged)]
    [InlineData(RepairVerb.Resume, null, TicketStatus.OnHold, TicketStatus.InProgress)]
    [InlineData(RepairVerb.Verify, null, TicketStatus.Completed, TicketStatus.Closed)]
    [InlineData(RepairVerb.ChangeUrgency, nameof(Urgency.Emergency), TicketStatus.New, TicketStatus.New)]
    public async Task Every_verb_of_a_macro_is_done(RepairVerb verb, string? code, TicketStatus from, TicketStatus to)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(from);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "好的" }, new ReplyAction(verb, code), Ct);
        var row = await host.RowAsync(ticket.Number);
        Assert.Equal(to, row.Status);
        if (code is not null) Assert.Equal(Urgency.Emergency, row.Urgency);
    }

    [Fact]
    public async Task When_the_verb_is_refused_nothing_was_said()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Closed);
        var (office, technician) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician));
        var before = await host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct));
        await Assert.ThrowsAsync<Rejected>(() =>
            office.Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "x" }, new ReplyAction(RepairVerb.Hold, nameof(HoldReason.Parts)), Ct));
        await Assert.ThrowsAsync<Rejected>(() => office.Repairs.ReplyAsync(ticket.Id, new CommentForm(), new ReplyAction(RepairVerb.Triage), Ct));
        await Assert.ThrowsAsync<Rejected>(() =>
            office.Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "x" }, new ReplyAction(RepairVerb.Hold, "Whatever"), Ct));
        var unknown = await Assert.ThrowsAsync<Rejected>(async () =>
            await office.Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "x" }, new MacroAction("Whatever"), Ct));
        Assert.Equal("UnknownAct", unknown.Code);
        await Assert.ThrowsAsync<Forbidden>(() =>
            technician.Repairs.ReplyAsync(ticket.Id, new CommentForm { Text = "x" }, new ReplyAction(RepairVerb.Triage), Ct));

        Assert.DoesNotContain((await office.Tickets.DetailAsync(ticket.Number, Ct)).Timeline, e => e.Verb == RepairVerb.Comment);
        Assert.Equal(before, await host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct)));
        Assert.Equal(ticket.Version, (await host.RowAsync(ticket.Number)).Version);
    }

    [Fact]
    public async Task The_action_of_a_macro_is_stored_as_the_number_of_its_verb_and_audited_by_its_name()
    {
        await using var host = await TestHost.OpenAsync();
        var replies = await RepliesAsync(host, TestUsers.Dispatcher);
        var id = await replies.CreateAsync(new ReplyForm { Name = "待料", Text = "您好", Verb = nameof(RepairVerb.Hold), Code = nameof(HoldReason.Parts) }, Ct);

        var (number, audited, model) = await host.InDatabaseAsync(async db => (
            await db.Database.SqlQuery<int>($"SELECT \"Verb\" AS \"Value\" FROM \"CannedReplies\" WHERE \"Id\" = {id}").SingleAsync(Ct),
            await db.Audit.Where(a => a.Entity == nameof(CannedReply) && a.EntityId == id && a.Field == nameof(CannedReply.Verb))
                .Select(a => a.New).SingleAsync(Ct),
            db.Model));
        Assert.Equal(((int)RepairVerb.Hold, nameof(RepairVerb.Hold)), (number, audited));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var shown = AuditModel.Value(model, nameof(CannedReply), nameof(CannedReply.Verb), audited);
        Assert.Equal("挂起", host.AsSystem().Get<AuditDisplay>().Value(shown));
        Assert.Equal(new MacroAction(nameof(RepairVerb.Hold), nameof(HoldReason.Parts)), (await replies.OffersAsync(Ct)).Single(o => o.Id == id).Action);
    }

    [Fact]
    public async Task Every_action_that_is_offered_is_complete_and_has_a_name_of_its_own_in_both_languages()
    {
        await using var host = await TestHost.OpenAsync();
        var actions = host.Services.GetRequiredService<IMacroActions>();
        Assert.All(actions.Offered, action =>
            Assert.True(actions.IsComplete(action) && actions.Allows(action.Verb) && ReplyAction.Of(action) is { IsComplete: true }));
        Assert.Equal(actions.Offered.Count, actions.Offered.Select(a => actions.NameOf(a).Zh).Distinct().Count());
        Assert.Equal(actions.Offered.Count, actions.Offered.Select(a => actions.NameOf(a).En).Distinct().Count());
        Assert.False(actions.Allows(nameof(RepairVerb.Cancel)) || actions.Allows("Whatever") || actions.IsComplete(new MacroAction(nameof(RepairVerb.Hold))));
    }

    [Theory]
    [InlineData("/dailiao ", "dailiao")]
    [InlineData("您好\n/待料　", "待料")]
    [InlineData("a /AnPai b", "anpai")]
    [InlineData("/dailiao", null)]
    [InlineData("http://x/dailiao ", null)]
    [InlineData("1/2 页", null)]
    public void A_shortcut_is_found_behind_a_space_and_with_a_space_behind_it(string text, string? shortcut) =>
        Assert.Equal(shortcut, ReplyShortcuts.Typed(text));

    private static ReplyForm Form(string name, string? shortcut = null, bool shared = false) =>
        new() { Name = name, Text = "您好", Shortcut = shortcut, Shared = shared };

    private static ReplyForm Of(ReplyRow row) => new()
    {
        Version = row.Version,
        Name = row.Name,
        NameEn = row.NameEn,
        Text = row.Text,
        TextEn = row.TextEn,
        Shortcut = row.Shortcut,
        Internal = row.Internal,
        Verb = row.Verb,
        Code = row.Code,
    };

    private static async Task<ReplyService> RepliesAsync(TestHost host, string userName) => (await host.AsAsync(userName)).Get<ReplyService>();
}
