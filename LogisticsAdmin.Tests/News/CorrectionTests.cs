using LogisticsAdmin.Features.News.Columns;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>What may change once an item is out, by whom, and what readers see of it.</summary>
public sealed class CorrectionTests
{
    private static readonly LocalName Changed = new("时间有变", "Another time");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_went_out_by_schedule_is_corrected_also_after_its_deadline_of_confirmation_and_with_nobody_left_to_address()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var local = host.Services.GetRequiredService<OfficeTime>().Local(TestHost.Start).DateTime;
        var student = (await host.AsAsync("student")).PersonId;
        var draft = await admin.DraftNewsAsync(form =>
        {
            (form.PublishAt, form.NeedsConfirmation, form.ConfirmBefore) = (local.AddMinutes(30), true, local.AddMinutes(40));
            form.Audience = new AudienceRule([new AudienceLine(AudienceField.Person, [$"{student}"])], []);
        });
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(1, await host.AsSystem().Get<NewsClock>().PublishDueAsync(host.Clock.GetUtcNow(), Ct));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Id == student, Ct)).Retire(host.Clock.GetUtcNow(), null, "离校");
            return await db.SaveChangesAsync(Ct);
        });

        await CorrectAsync(admin, draft.Number, form => form.Body = "改为 9:00。");

        Assert.Equal("改为 9:00。", (await admin.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form.Body);
    }

    [Fact]
    public async Task In_a_column_with_review_neither_author_nor_submitter_corrects_and_nobody_approves_what_they_wrote_themselves()
    {
        await using var host = await TestHost.OpenAsync();
        await host.MayPublishAsync("manager");
        await host.MayPublishAsync("dispatcher");
        var (admin, manager, dispatcher) = (await host.AsAsync("admin"), await host.AsAsync("manager"), await host.AsAsync("dispatcher"));
        var draft = await admin.DraftNewsAsync(column: "fees");
        var form = (await manager.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form;
        form.Body = "经理写的一句。";
        await manager.Get<NewsService>().SaveAsync(draft.Id, form, ct: Ct);
        await admin.Get<NewsService>().SubmitAsync(draft.Id, Ct);

        await RefusedAsync("SecondPersonNeeded", () => manager.Get<NewsService>().ApproveAsync(draft.Id, Ct));
        await dispatcher.Get<NewsService>().ApproveAsync(draft.Id, Ct);
        await RefusedAsync("CorrectionBySecondPerson", () => CorrectAsync(admin, draft.Number, f => f.Body = "另一句。"));
        await CorrectAsync(dispatcher, draft.Number, f => f.Body = "更正的一句。");

        Assert.Equal("更正的一句。", (await admin.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form.Body);
    }

    [Fact]
    public async Task A_correction_moves_the_outage_to_other_hours_and_buildings()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var buildings = await host.InDatabaseAsync(db =>
            db.Set<LogisticsAdmin.Features.Places.Building>().OrderBy(b => b.Id).Select(b => b.Id).Take(2).ToListAsync(Ct));
        var local = host.Services.GetRequiredService<OfficeTime>().Local(TestHost.Start).DateTime;
        var draft = await admin.DraftNewsAsync(form => (form.OutageKind, form.OutageFrom, form.OutageUntil, form.OutageBuildings) =
            (OutageKind.Water, local.AddHours(2), local.AddHours(4), [buildings[0]]));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);

        await CorrectAsync(admin, draft.Number, form =>
            (form.OutageFrom, form.OutageUntil, form.OutageBuildings) = (local.AddHours(8), local.AddHours(9), [buildings[1]]));

        var item = (await host.Services.GetRequiredService<NewsBoard>().CurrentAsync(Ct)).Find(draft.Id)!;
        Assert.Equal(TestHost.Start.AddHours(8), item.Outage!.From);
        Assert.Equal([buildings[1]], item.OutageBuildings);
    }

    [Fact]
    public async Task Attachments_of_a_published_item_change_with_its_correction_and_go_back_when_it_is_given_up()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        var uploads = admin.Get<NewsUploads>();
        var old = await AddAsync("价目表.pdf");
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        Assert.Equal(["价目表.pdf"], await ReadAsync());

        var next = await AddAsync("价目表 2.pdf");
        await uploads.RemoveAsync(draft.Id, old.Key, Ct);
        Assert.Equal(["价目表 2.pdf"], (await admin.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Files.Select(f => f.Name));
        Assert.Equal(["价目表.pdf"], await ReadAsync());
        Assert.Null(await student.Get<NewsUploads>().NameForAsync(next.Key, student.Get<CurrentUser>().Actor, Ct));
        Assert.NotNull(await student.Get<NewsUploads>().NameForAsync(old.Key, student.Get<CurrentUser>().Actor, Ct));
        await uploads.DropPendingAsync(draft.Id, Ct);
        Assert.Equal(["价目表.pdf"], (await admin.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Files.Select(f => f.Name));

        next = await AddAsync("价目表 3.pdf");
        await uploads.RemoveAsync(draft.Id, old.Key, Ct);
        await CorrectAsync(admin, draft.Number, _ => { });
        Assert.Equal(["价目表 3.pdf"], await ReadAsync());
        Assert.NotNull(await student.Get<NewsUploads>().NameForAsync(next.Key, student.Get<CurrentUser>().Actor, Ct));
        Assert.Null(await student.Get<NewsUploads>().NameForAsync(old.Key, student.Get<CurrentUser>().Actor, Ct));

        Task<NewsFileRow> AddAsync(string name) => uploads.AddFileAsync(draft.Id, name, new MemoryStream([.. "%PDF-1.7\n"u8]), Ct);
        async Task<IEnumerable<string>> ReadAsync() => (await student.Get<NewsReader>().OpenAsync(draft.Number, Ct)).Attachments.Select(a => a.Name);
    }

    [Fact]
    public async Task An_upload_to_a_draft_makes_nobody_read_again()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync();
        using var heard = host.Services.GetRequiredService<IChangeFeed>().Subscribe(
            null, c => NewsBoard.Concerns(c) || c is KeyChanged { Topic: "mark" });

        await admin.Get<NewsUploads>().AddPictureAsync(draft.Id, "a.jpg", new MemoryStream(Repairs.Phone.Jpeg()), Ct);
        await admin.Get<NewsService>().SendToMyselfAsync(draft.Id, Ct);
        await host.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            db.Announce(new KeyChanged("mark", 0));
            return Task.FromResult(true);
        }, Ct));

        Assert.Equal("mark", Assert.IsType<KeyChanged>(Assert.Single((await heard.NextAsync(Ct))!.Changes)).Topic);
    }

    [Fact]
    public async Task A_saved_audience_that_is_retired_can_not_be_the_exception_of_what_is_published()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var (groups, service) = (admin.Get<GroupSettings>(), admin.Get<NewsService>());
        var group = await groups.AddAsync(new GroupForm { Name = "住户" }, NewsSteps.Role("Resident"), Ct);
        var draft = await admin.DraftNewsAsync(form =>
            form.Audience = new AudienceRule([], [new AudienceLine(AudienceField.Group, [$"{group}"])]));
        await service.DiscardAsync(draft.Id, Ct);
        await groups.RetireAsync(group, Ct);
        await service.RestoreDraftAsync(draft.Id, Ct);

        await RefusedAsync("GroupRetired", () => service.ReleaseAsync(draft.Id, Ct));
    }

    [Fact]
    public async Task An_end_that_has_passed_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var now = host.Services.GetRequiredService<OfficeTime>().Local(TestHost.Start).DateTime;

        await RefusedAsync("ExpiresTooEarly", () => admin.Get<NewsService>().ExpireAtAsync(draft.Id, now.AddDays(-1), Ct));
        Assert.Equal(NewsState.Published, (await admin.Get<NewsService>().ExpireAtAsync(draft.Id, now.AddDays(1), Ct)).State);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    public async Task A_text_that_is_nested_too_deeply_is_refused_at_its_field_and_stops_no_page(string mark)
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var deep = string.Concat(Enumerable.Repeat(mark, 400)) + " x";
        var draft = await admin.DraftNewsAsync(form => form.Body = deep);

        await RefusedAsync("NestedTooDeeply", () => admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct));
        Assert.Contains(" x", NewsHtml.Render(deep), StringComparison.Ordinal);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"UPDATE NewsItems SET State = {(int)NewsState.Published}, PublishedAt = {TestHost.Start.UtcTicks} WHERE Id = {draft.Id}", Ct));
        host.Services.GetRequiredService<NewsBoard>().Invalidate();

        Assert.NotEmpty((await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct)).Cards);
    }

    private static async Task<NewsDraft> CorrectAsync(Desk writer, string number, Action<NewsForm> change)
    {
        var form = (await writer.Get<NewsQueries>().OpenAsync(number, Ct)).Form;
        change(form);
        return await writer.Get<NewsService>().CorrectAsync(
            (await writer.Get<NewsQueries>().OpenAsync(number, Ct)).Id, form, Changed, tellsAgain: false, Ct);
    }

    private static async Task RefusedAsync(string key, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<Rejected>(act);
        Assert.Equal(key, refused.Problems is [var at] ? at.Code : refused.Code);
    }
}
