using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>From the draft to the reader's confirmation.</summary>
public sealed class NewsLifeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_released_notice_is_told_read_and_confirmed_by_those_it_addresses_and_not_found_by_others()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var student = await host.AsAsync("student");
        var technician = await host.AsAsync("technician");
        var draft = await admin.DraftNewsAsync(form =>
        {
            form.Audience = NewsSteps.Role("Resident");
            form.NeedsConfirmation = true;
        });
        await Assert.ThrowsAsync<NotFound>(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct));

        var published = await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var told = await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);

        Assert.Equal(NewsState.Published, published.State);
        var residents = await host.InDatabaseAsync(db => db.UserRoles.CountAsync(r => r.RoleId == 5, Ct));
        Assert.Equal(residents, told);
        var message = Assert.Single((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Kind == (int)NewsNotification.Published);
        Assert.Equal((draft.Number, "停水通知"), (message.Subject, message.About?.Zh));

        var page = await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
        Assert.Contains("<strong>8:00</strong>", page.Html, StringComparison.Ordinal);
        Assert.True(page.Card.WaitsForConfirmation);
        await Assert.ThrowsAsync<NotFound>(() => technician.Get<NewsReader>().OpenAsync(draft.Number, Ct));
        Assert.Empty((await technician.Get<NewsReader>().ListAsync(new NewsFilter(), Ct)).Cards);

        await student.Get<NewsReader>().ConfirmAsync(draft.Number, Ct);
        var card = Assert.Single((await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct)).Cards);
        Assert.True(card is { IsRead: true, IsConfirmed: true, WaitsForConfirmation: false });
    }

    [Fact]
    public async Task A_withdrawn_notice_is_gone_at_once_and_nobody_else_is_told()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);

        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "时间有误", Ct);

        await Assert.ThrowsAsync<NotFound>(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct));
        Assert.Equal(0, await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct));
        Assert.DoesNotContain((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Subject == draft.Number);
    }

    [Fact]
    public async Task A_scheduled_notice_goes_out_once_at_its_time()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync(form => form.PublishAt = new DateTime(2026, 11, 22, 18, 0, 0, DateTimeKind.Unspecified));
        var clock = host.AsSystem().Get<NewsClock>();

        Assert.Equal(NewsState.Scheduled, (await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct)).State);
        host.Clock.SetUtcNow(TestHost.Start.AddHours(4).AddSeconds(-1));
        Assert.Equal(0, await clock.PublishDueAsync(TestHost.Start, Ct));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await clock.PublishDueAsync(TestHost.Start, Ct));
        Assert.Equal(0, await clock.PublishDueAsync(TestHost.Start, Ct));

        Assert.False((await student.Get<NewsReader>().OpenAsync(draft.Number, Ct)).Card.Item.WasLate);
    }

    [Fact]
    public async Task Only_who_may_still_publish_is_asked_for_a_review()
    {
        await using var host = await TestHost.OpenAsync();
        foreach (var granted in new[] { "manager", "dispatcher", "dispatcher.en" }) await host.MayPublishAsync(granted);
        var (admin, manager) = (await host.AsAsync("admin"), await host.AsAsync("manager"));
        var (moved, retired) = (await host.AsAsync("dispatcher"), await host.AsAsync("dispatcher.en"));
        await host.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.UserRoles.Where(r => r.UserId == moved.PersonId).ToListAsync(Ct));
            await db.SaveChangesAsync(Ct);
            db.UserRoles.Add(new IdentityUserRole<long> { UserId = moved.PersonId, RoleId = (long)Role.Technician });
            (await db.Users.SingleAsync(p => p.Id == retired.PersonId, Ct)).SetStatus(PersonStatus.Disabled, TestHost.Start, "离职");
            return await db.SaveChangesAsync(Ct);
        });
        var draft = await admin.DraftNewsAsync(column: "fees");

        await admin.Get<NewsService>().SubmitAsync(draft.Id, Ct);

        var asked = await host.InDatabaseAsync(db => db.Inbox.Where(m => m.Subject == draft.Number).Select(m => m.PersonId).ToListAsync(Ct));
        Assert.Contains(manager.PersonId, asked);
        Assert.DoesNotContain(moved.PersonId, asked);
        Assert.DoesNotContain(retired.PersonId, asked);
    }

    [Fact]
    public async Task What_a_column_must_have_reviewed_is_approved_by_a_second_person()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync(column: "fees");
        var service = admin.Get<NewsService>();
        await Assert.ThrowsAsync<Rejected>(() => service.ReleaseAsync(draft.Id, Ct));
        await service.SubmitAsync(draft.Id, Ct);
        await Assert.ThrowsAsync<Rejected>(() => service.ApproveAsync(draft.Id, Ct));

        var manager = await host.AsAsync("manager");
        await Assert.ThrowsAsync<Forbidden>(() => manager.Get<NewsService>().ApproveAsync(draft.Id, Ct));
        await host.MayPublishAsync("manager");
        Assert.Equal(NewsState.Published, (await manager.Get<NewsService>().ApproveAsync(draft.Id, Ct)).State);
    }
}
