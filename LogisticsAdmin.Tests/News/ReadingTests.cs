using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
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

/// <summary>What readers are answered from memory: read once for all, and never older than what they were told.</summary>
public sealed class ReadingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_open_a_new_text_at_once_cause_one_reading_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync(f => f.Body = string.Concat(Enumerable.Repeat("明天 **8:00** 停水。\n\n", 500)));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var (texts, news) = (host.Services.GetRequiredService<NewsTexts>(), student.Get<NewsReader>());
        var reads = texts.Reads;

        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => news.OpenAsync(draft.Number, Ct), Ct)));

        Assert.Single(pages.Select(p => p.Html).Distinct());
        Assert.Equal(reads + 1, texts.Reads);
    }

    [Fact]
    public async Task Who_no_longer_waits_for_a_text_does_not_take_it_from_the_others()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var (texts, item) = (host.Services.GetRequiredService<NewsTexts>(), (await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct)).Cards[0].Item);
        using var impatient = new CancellationTokenSource();
        var first = texts.OfAsync(item, Languages.Chinese, impatient.Token).AsTask();
        var second = texts.OfAsync(item, Languages.Chinese, Ct).AsTask();
        await impatient.CancelAsync();

        Assert.Contains("8:00", (await second)!.Html, StringComparison.Ordinal);
        await Task.WhenAny(first);
    }
}
