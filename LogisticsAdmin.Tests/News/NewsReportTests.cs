using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>The report's section on notices and news says the same as counting the stored rows one by one.</summary>
public sealed class NewsReportTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_agree_with_counting_the_stored_rows()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var service = admin.Get<NewsService>();
        var told = await PublishAsync(host, form => form.NeedsConfirmation = true);
        var plain = await PublishAsync(host, form => form.Audience = NewsSteps.Role("Resident"));
        var gone = await PublishAsync(host, _ => { });
        var resident = await host.AsAsync(TestUsers.Resident);
        host.Clock.Advance(TimeSpan.FromHours(3));
        await resident.Get<NewsReader>().ConfirmAsync(told.Number, Ct);
        await (await host.AsAsync(TestUsers.Technician)).Get<NewsReader>().ConfirmAsync(told.Number, Ct);
        await service.WithdrawAsync(gone.Id, "时间有误", Ct);
        await admin.DraftNewsAsync();

        var facts = await FactsAsync(host, November);
        var recipients = await host.InDatabaseAsync(db => db.NewsRecipients.ToListAsync(Ct));
        var published = new[] { told.Id, plain.Id, gone.Id };
        decimal Rate(long item, Func<NewsRecipient, bool> counts)
        {
            var of = recipients.Where(r => r.ItemId == item).ToList();
            return decimal.Truncate(of.Count(counts) * 10_000m / of.Count);
        }

        Assert.Equal(3, Value(facts, "published"));
        Assert.Equal((1m, 0m, 0m), (Value(facts, "withdrawn"), Value(facts, "corrected"), Value(facts, "late")));
        Assert.Equal(recipients.Count, Value(facts, "addressed"));
        Assert.Equal(recipients.Count(r => r.ReadAt is not null), Value(facts, "readers"));
        var read = published.Average(i => Rate(i, r => r.ReadAt is not null)) / 10_000;
        Assert.Equal(decimal.Round(read, 4, MidpointRounding.AwayFromZero), Value(facts, "reading-rate"));
        Assert.Equal(decimal.Round(Rate(told.Id, r => r.ConfirmedAt is not null) / 10_000, 4), Value(facts, "confirmation-rate"));
        Assert.Equal(3, Value(facts, "confirmation-time"));
        Assert.Null(Value(facts, "outages-in-time"));
        var section = Section(host);
        var things = await section.DescribeAsync([.. facts.Rows.Select(r => r.Id)], Ct);
        Assert.Equal([gone.Number, plain.Number, told.Number], things.Select(t => t.Number).OrderDescending());
        Assert.All(things, t => Assert.Equal($"news/{t.Number}", t.Address));
    }

    [Fact]
    public async Task An_item_counts_in_its_month_and_its_withdrawal_in_the_month_of_that()
    {
        await using var host = await TestHost.OpenAsync();
        var notice = await PublishAsync(host, form =>
        {
            (form.OutageKind, form.OutageBuildings) = (OutageKind.Water, [1]);
            (form.OutageFrom, form.OutageUntil) = (At(15), At(18));
        });
        host.Clock.Advance(TimeSpan.FromDays(10));
        await (await host.AsAsync(TestUsers.Administrator)).Get<NewsService>().WithdrawAsync(notice.Id, "改期", Ct);

        var (november, december) = (await FactsAsync(host, November), await FactsAsync(host, ReportPeriod.MonthOf(new DateOnly(2026, 12, 1))));
        Assert.Equal((1m, 0m, 1m), (Value(november, "published"), Value(november, "withdrawn"), Value(november, "outages-in-time")));
        Assert.Equal((0m, 1m), (Value(december, "published"), Value(december, "withdrawn")));
        Assert.Empty((await FactsAsync(host, ReportPeriod.MonthOf(new DateOnly(2026, 10, 1)))).Rows);
        Assert.Single((await Section(host).ReadAsync(November, [notice.Id, 99], Ct)).Rows);
        Assert.Empty((await Section(host).ReadAsync(November, [99], Ct)).Rows);
    }

    private static DateTime At(int hour) => new(2026, 11, 23, hour, 0, 0, DateTimeKind.Unspecified);

    private static async Task<NewsDraft> PublishAsync(TestHost host, Action<NewsForm> change)
    {
        var admin = await host.AsAsync(TestUsers.Administrator);
        var draft = await admin.DraftNewsAsync(change);
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        return draft;
    }

    private static IReportSection Section(TestHost host) => host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "news");

    private static async Task<(SectionLayout Layout, IReadOnlyList<FactRow> Rows)> FactsAsync(TestHost host, ReportPeriod period) =>
        (SectionLayout.Of(Section(host)), (await Section(host).ReadAsync(period, null, Ct)).Rows);

    private static decimal? Value((SectionLayout Layout, IReadOnlyList<FactRow> Rows) facts, string figure) =>
        FigureCalculator.Compute(facts.Layout, facts.Layout.Figure($"news.{figure}"), facts.Rows).Value;
}
