using System.Globalization;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Columns;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>The office's list, the editor's reads, and what each verb allows in each state.</summary>
public sealed class WritingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public WritingTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public async Task Publishers_see_drafts_the_others_of_the_office_what_was_released_and_nobody_else_anything()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync(form => form.Title = "草稿一");
        var released = await admin.DraftNewsAsync(form => form.Title = "发布一");
        await admin.Get<NewsService>().ReleaseAsync(released.Id, Ct);
        await host.MayPublishAsync("manager");

        foreach (var writer in new[] { "admin", "manager" })
        {
            var news = (await host.AsAsync(writer)).Get<NewsQueries>();
            var window = await news.ListAsync(new NewsListFilter(), Ct);
            Assert.Equal([released.Number, draft.Number], window.Items.Select(i => i.Number));
            Assert.Equal((1, 1), (window.Counts[NewsState.Draft], window.Counts[NewsState.Published]));
            Assert.Equal(draft.Number, (await news.OpenAsync(draft.Number, Ct)).Number);
        }
        var reader = (await host.AsAsync("dispatcher")).Get<NewsQueries>();
        Assert.Equal([released.Number], (await reader.ListAsync(new NewsListFilter(), Ct)).Items.Select(i => i.Number));
        Assert.Empty((await reader.ListAsync(new NewsListFilter { Text = "草稿一" }, Ct)).Items);
        await Assert.ThrowsAsync<Forbidden>(() => reader.OpenAsync(released.Number, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => reader.RevisionsAsync(released.Id, Ct));
        foreach (var outsider in new[] { "technician", "student" })
        {
            var person = await host.AsAsync(outsider);
            await Assert.ThrowsAsync<NotFound>(() => person.Get<NewsQueries>().ListAsync(new NewsListFilter(), Ct));
            await Assert.ThrowsAsync<NotFound>(() => person.Get<NewsQueries>().OpenAsync(draft.Number, Ct));
            await Assert.ThrowsAsync<NotFound>(() => person.Get<AudienceChoices>().ReachAsync(AudienceRule.Everyone, ct: Ct));
            await Assert.ThrowsAsync<NotFound>(() => person.Get<NewsService>().SaveAsync(draft.Id, new NewsForm(), ct: Ct));
        }
    }

    [Fact]
    public async Task The_list_is_searched_filtered_sorted_and_says_the_audience_in_words()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        await admin.DraftNewsAsync(form => (form.Title, form.Body, form.Audience) = ("甲", "锅炉检修", NewsSteps.Role("Resident", "Technician")));
        await admin.DraftNewsAsync(form => (form.Title, form.Body) = ("乙", "食堂菜单"), "fees");
        var news = admin.Get<NewsQueries>();

        var found = Assert.Single((await news.ListAsync(new NewsListFilter { Text = "锅炉" }, Ct)).Items);
        Assert.Equal(("甲", "师生、维修师傅"), (found.Title, found.AudienceWords));
        Assert.Equal("全体", Assert.Single((await news.ListAsync(new NewsListFilter { Column = "fees" }, Ct)).Items).AudienceWords);
        Assert.Equal(["乙", "甲"], (await news.ListAsync(new NewsListFilter { Sort = NewsSort.Number, Descending = true }, Ct)).Items.Select(i => i.Title));
        Assert.Equal(["甲", "乙"], (await news.AllAsync(new NewsListFilter { Descending = false }, Ct)).Select(i => i.Title));
        Assert.Empty((await news.ListAsync(new NewsListFilter { Kind = NewsKind.News }, Ct)).Items);
    }

    [Theory]
    [InlineData(NewsState.Draft, "Save Submit Release Pin Discard Send")]
    [InlineData(NewsState.InReview, "Recall Pin Send")]
    [InlineData(NewsState.Scheduled, "Unschedule Pin Send")]
    [InlineData(NewsState.Published, "Withdraw Correct Pin Expire Send")]
    [InlineData(NewsState.Expired, "Withdraw Send")]
    [InlineData(NewsState.Withdrawn, "Send")]
    [InlineData(NewsState.Discarded, "RestoreDraft Send")]
    public async Task Each_state_allows_its_verbs_and_refuses_the_others(NewsState state, string allowed)
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var service = admin.Get<NewsService>();
        List<string> done = [];
        foreach (var verb in "Save Submit Recall Release Unschedule Withdraw Correct Pin Expire Discard RestoreDraft Send".Split(' '))
        {
            var id = await ItemAsync(state);
            var version = (await admin.Get<NewsQueries>().OpenAsync($"{id}", Ct)).Form.Version;
            var form = new NewsForm { Version = version, Title = "改", Body = "改", TitleEn = "New", BodyEn = "New" };
            try
            {
                await (verb switch
                {
                    "Save" => service.SaveAsync(id, form, ct: Ct),
                    "Submit" => service.SubmitAsync(id, Ct),
                    "Recall" => service.RecallAsync(id, Ct),
                    "Release" => service.ReleaseAsync(id, Ct),
                    "Unschedule" => service.UnscheduleAsync(id, Ct),
                    "Withdraw" => service.WithdrawAsync(id, "有误", Ct),
                    "Correct" => service.CorrectAsync(id, form, new LocalName("时间", ""), false, Ct),
                    "Pin" => service.PinAsync(id, new DateOnly(2026, 12, 1), Ct),
                    "Expire" => service.ExpireAtAsync(id, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), Ct),
                    "Discard" => service.DiscardAsync(id, Ct),
                    "RestoreDraft" => service.RestoreDraftAsync(id, Ct),
                    _ => service.SendToMyselfAsync(id, Ct),
                });
                done.Add(verb);
            }
            catch (Rejected)
            {
            }
        }
        Assert.Equal(allowed, string.Join(' ', done));

        async Task<long> ItemAsync(NewsState wanted)
        {
            var draft = await admin.DraftNewsAsync(form =>
            {
                if (wanted == NewsState.Scheduled) form.PublishAt = new DateTime(2026, 12, 24, 8, 0, 0, DateTimeKind.Unspecified);
            });
            if (wanted == NewsState.InReview) await service.SubmitAsync(draft.Id, Ct);
            else if (wanted == NewsState.Discarded) await service.DiscardAsync(draft.Id, Ct);
            else if (wanted != NewsState.Draft) await service.ReleaseAsync(draft.Id, Ct);
            if (wanted == NewsState.Withdrawn) await service.WithdrawAsync(draft.Id, "有误", Ct);
            if (wanted == NewsState.Expired)
            {
                await host.InDatabaseAsync(db => db.WriteAsync(async token =>
                {
                    var item = await db.NewsItems.SingleAsync(i => i.Id == draft.Id, token);
                    item.Expire(TestHost.Start);
                    return true;
                }, Ct));
            }
            return draft.Id;
        }
    }

    [Fact]
    public async Task Autosaves_of_one_person_are_one_revision_and_two_editors_never_overwrite_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        await host.MayPublishAsync("manager");
        var (admin, manager) = (await host.AsAsync("admin"), await host.AsAsync("manager"));
        var draft = await admin.DraftNewsAsync();
        var (mine, theirs) = (await OpenAsync(admin), await OpenAsync(manager));

        mine.Body = "第一句";
        mine.Version = (await admin.Get<NewsService>().SaveAsync(draft.Id, mine, isAutosave: true, Ct)).Version;
        mine.Body = "第一句，第二句";
        var saved = await admin.Get<NewsService>().SaveAsync(draft.Id, mine, isAutosave: true, Ct);
        Assert.Equal(2, saved.Revision);

        theirs.Body = "另一种写法";
        var stale = await Assert.ThrowsAsync<Stale>(() => manager.Get<NewsService>().SaveAsync(draft.Id, theirs, isAutosave: true, Ct));
        Assert.Equal("郑海涛", stale.By);
        theirs.Version = saved.Version;
        Assert.Equal(3, (await manager.Get<NewsService>().SaveAsync(draft.Id, theirs, ct: Ct)).Revision);
        var news = manager.Get<NewsQueries>();
        Assert.Equal([3, 2, 1], (await news.RevisionsAsync(draft.Id, Ct)).Select(r => r.Number));
        Assert.Equal("第一句，第二句", (await news.RevisionAsync(draft.Id, 2, Ct)).Body);

        var restored = await manager.Get<NewsService>().RestoreAsync(draft.Id, 2, (await OpenAsync(manager)).Version, Ct);
        Assert.Equal((4, "第一句，第二句"), (restored.Revision, (await OpenAsync(admin)).Body));

        async Task<NewsForm> OpenAsync(Desk desk) => (await desk.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form;
    }

    [Fact]
    public async Task Autosaves_keep_what_was_written_a_quarter_of_an_hour_ago_and_what_was_cut_by_more_than_half()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync();
        await AutosaveAsync("第一段，写好了很久。");
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        await AutosaveAsync("第一段，改过了。");
        await AutosaveAsync("第一段，又改过了。");
        await AutosaveAsync("第");
        await AutosaveAsync("第二");

        var news = admin.Get<NewsQueries>();
        List<string> kept = [];
        foreach (var row in await news.RevisionsAsync(draft.Id, Ct)) kept.Add((await news.RevisionAsync(draft.Id, row.Number, Ct)).Body);
        Assert.Equal(["第二", "第一段，又改过了。", "第一段，写好了很久。", "明天 **8:00** 停水。"], kept);

        async Task AutosaveAsync(string body)
        {
            var form = (await admin.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form;
            form.Body = body;
            await admin.Get<NewsService>().SaveAsync(draft.Id, form, isAutosave: true, Ct);
        }
    }

    [Fact]
    public void Merging_takes_my_texts_the_settings_that_I_changed_and_the_others_as_they_were_stored()
    {
        var opened = new NewsForm { Version = 1, Title = "停水", Body = "原文", ColumnId = 1, OutageKind = OutageKind.Water, OutageBuildings = [1, 2] };
        var mine = opened with { Body = "我写的", PinnedUntil = new DateOnly(2026, 12, 1), OutageBuildings = [2, 1], IsPublic = true };
        var theirs = opened with { Version = 2, Body = "对方写的", Audience = NewsSteps.Role("Resident"), IsUrgent = true, IsPublic = true };

        Assert.Equal(["PinnedUntil", "Public"], NewsSettings.Differing(opened, mine));
        Assert.Equal(["ForWhom", "PinnedUntil", "Urgent"], NewsSettings.Differing(mine, theirs));
        Assert.Equal(theirs with { Body = "我写的", PinnedUntil = mine.PinnedUntil }, NewsSettings.Merged(opened, mine, theirs));
    }

    [Fact]
    public async Task A_placeholder_that_was_not_filled_in_is_refused_at_its_field()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var form = await admin.Get<NewsQueries>().TemplateAsync("water-cut", Ct);
        Assert.Equal(["日期", "范围"], Placeholders.In(form.Title));
        form.Title = Placeholders.Fill(form.Title, new Dictionary<string, string> { ["日期"] = "11 月 28 日", ["范围"] = "竹园" });
        var draft = await admin.Get<NewsService>().CreateAsync(form.ColumnId, form, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => admin.Get<NewsService>().DemandCompleteAsync(draft.Id, Ct));
        Assert.Contains(refused.Problems, p => p is { Field: nameof(NewsForm.Body), Code: "PlaceholderLeft" });
        Assert.DoesNotContain(refused.Problems, p => p.Field == nameof(NewsForm.Title));
        await Assert.ThrowsAsync<Rejected>(() => admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct));
    }

    [Fact]
    public async Task Giving_a_draft_up_is_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().DiscardAsync(draft.Id, Ct);
        Assert.Empty((await admin.Get<NewsQueries>().ListAsync(new NewsListFilter(), Ct)).Items);

        var undo = admin.Get<NewsUndo>();
        var offered = await undo.LatestAsync(Ct);
        Assert.Equal("已弃稿", offered?.Did);
        Assert.Equal(1, (await undo.UndoAsync(offered!.Id, Ct)).Done);
        Assert.Equal(NewsState.Draft, Assert.Single((await admin.Get<NewsQueries>().ListAsync(new NewsListFilter(), Ct)).Items).State);
    }

    [Fact]
    public async Task A_preview_is_sent_to_ones_own_messages()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().SendToMyselfAsync(draft.Id, Ct);

        Assert.Single((await admin.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Subject == draft.Number);
        var preview = await admin.Get<NewsQueries>().PreviewAsync(draft.Number, Ct);
        Assert.Contains("<strong>8:00</strong>", preview.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audience_is_found_by_typing_counted_named_and_saved_as_a_group()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var (choices, groups) = (admin.Get<AudienceChoices>(), admin.Get<GroupSettings>());
        var building = Assert.Single(await choices.FindAsync(AudienceField.Building, "竹园3", Ct));
        var floor = (await choices.FindAsync(AudienceField.Floor, "竹园3号楼 5", Ct))[0];
        var room = (await choices.FindAsync(AudienceField.Room, "竹园3号楼 512", Ct))[0];
        var person = Assert.Single(await choices.FindAsync(AudienceField.Person, "王小雨", Ct));
        Assert.Equal($"{building.Value}:5", floor.Value);
        foreach (var (field, value) in new[]
        {
            (AudienceField.Building, building.Value), (AudienceField.Floor, floor.Value),
            (AudienceField.Room, room.Value), (AudienceField.Person, person.Value),
        })
        {
            var reach = await choices.ReachAsync(new AudienceRule([new AudienceLine(field, [value])], []), "王小雨", ct: Ct);
            Assert.Equal("王小雨", Assert.Single(reach.People).Name);
        }
        foreach (var field in new[] { AudienceField.Role, AudienceField.Campus, AudienceField.Crew }) Assert.NotEmpty(await choices.AllAsync(field, Ct));

        var rule = new AudienceRule([new AudienceLine(AudienceField.Building, [building.Value])], [new AudienceLine(AudienceField.Person, [person.Value])]);
        var before = (await choices.ReachAsync(rule, ct: Ct)).Total;
        var group = await groups.AddAsync(new GroupForm { Name = "竹园三栋" }, rule, Ct);
        var named = new AudienceRule([new AudienceLine(AudienceField.Group, [$"{group}"])], []);
        Assert.Equal(before, (await choices.ReachAsync(named, ct: Ct)).Total);
        Assert.Equal("竹园三栋", (await choices.NamesAsync(named, Ct))[(AudienceField.Group, $"{group}")]);
        var refused = await Assert.ThrowsAsync<Rejected>(() => groups.AddAsync(new GroupForm { Name = "竹园三栋" }, rule, Ct));
        Assert.Equal(nameof(GroupForm.Name), Assert.Single(refused.Problems).Field);
        await Assert.ThrowsAsync<Rejected>(() => groups.AddAsync(new GroupForm { Name = "套" }, named, Ct));
    }
}
