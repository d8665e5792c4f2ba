using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Short cuts for tests about notices and news.</summary>
internal static class NewsSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A complete draft for everyone in a column without review, unless <paramref name="change"/> says otherwise.</summary>
    public static async Task<NewsDraft> DraftNewsAsync(this Desk writer, Action<NewsForm>? change = null, string column = "services")
    {
        var form = new NewsForm { Title = "停水通知", TitleEn = "Water cut", Body = "明天 **8:00** 停水。", BodyEn = "No water tomorrow from **8:00**." };
        change?.Invoke(form);
        await using var db = await writer.Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        var id = await db.NewsColumns.Where(c => c.Code == column).Select(c => c.Id).SingleAsync(Ct);
        return await writer.Get<NewsService>().CreateAsync(id, form, Ct);
    }

    /// <summary>Waits for something that follows a change by the feed.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Whether this person finds the item.</summary>
    public static async Task<bool> ReadsAsync(this Desk reader, string number)
    {
        try
        {
            await reader.Get<NewsReader>().OpenAsync(number, Ct);
            return true;
        }
        catch (NotFound)
        {
            return false;
        }
    }

    /// <summary>A public item that nobody is told of, so that bells stay as they are; returns its id.</summary>
    public static Task<long> PublishQuietlyAsync(LogisticsDb db) => db.WriteAsync(async token =>
    {
        var column = await db.NewsColumns.SingleAsync(c => c.Code == "news", token);
        var item = new NewsItem("XW20261101-9001", column, null, TestHost.Start);
        item.Address(AudienceRule.Everyone, isPublic: true, isUrgent: false, needsConfirmation: false, confirmBefore: null, pinnedUntil: null);
        var content = new NewsContent("食堂新菜单", "New canteen menu", "", "", "## 本周\n\n| 日期 | 菜 |\n| --- | --- |\n| 周一 | 饺子 |", "New **dishes** this week.");
        item.Write(content, RevisionReason.Created, null, TestHost.Start, null);
        item.Release(TestHost.Start);
        db.NewsItems.Add(item);
        await db.SaveChangesAsync(token);
        return item.Id;
    }, CancellationToken.None);

    /// <summary>Adds residents without a room, as many as a campus has.</summary>
    public static Task<bool> AddResidentsAsync(this TestHost host, int count) => host.InDatabaseAsync(async db =>
    {
        await db.WriteAsync(token =>
        {
            using var bulk = new BulkWriter(db);
            var people = Enumerable.Range(0, count).Select(n =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"99{n:D6}");
                return new Person(name, $"学生{n}", name);
            }).ToList();
            bulk.AddUnaudited(people, token);
            bulk.AddUnaudited(people.Select(p => new IdentityUserRole<long> { UserId = p.Id, RoleId = (long)LogisticsAdmin.Security.Role.Resident }), token);
            return Task.CompletedTask;
        }, Ct);
        return true;
    });

    public static AudienceRule Role(params string[] roles) => new([new AudienceLine(AudienceField.Role, roles)], []);

    /// <summary>Gives somebody of the office the right "may publish".</summary>
    public static Task MayPublishAsync(this TestHost host, string userName) => host.InDatabaseAsync(async db =>
    {
        var person = await db.Users.Where(p => p.UserName == userName).Select(p => p.Id).SingleAsync(Ct);
        var admin = await db.Users.Where(p => p.UserName == "admin").Select(p => p.Id).SingleAsync(Ct);
        await db.WriteAsync(_ =>
        {
            db.NewsPublishers.Add(new NewsPublisher(person, admin, TestHost.Start));
            return Task.CompletedTask;
        }, Ct);
        return true;
    });
}
