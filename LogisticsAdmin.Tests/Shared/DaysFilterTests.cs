using Bunit;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>The days that a list is narrowed to, typed at the page and in its address, up to the ends of the calendar.</summary>
public sealed class DaysFilterTests
{
    [Theory]
    [InlineData("[data-from]", "0001-01-01")]
    [InlineData("[data-from]", "9999-12-31")]
    [InlineData("[data-until]", "0001-01-01")]
    [InlineData("[data-until]", "9999-12-31")]
    public async Task A_day_at_the_ends_of_the_calendar_narrows_nothing(string field, string typed)
    {
        await using var page = new BunitContext();
        page.Services.AddLogging().AddLocalization().AddSingleton(new OfficeTime(TimeProvider.System, Options.Create(new OfficeOptions())));
        (DateTimeOffset? From, DateTimeOffset? Before)? chosen = null;
        var filter = page.Render<DaysFilter>(p => p
            .Add(f => f.Label, "Days").Add(f => f.From, null).Add(f => f.Before, null).Add(f => f.Changed, days => chosen = days));

        await filter.Find(field).ChangeAsync(typed);
        Assert.Equal((null, null), chosen);

        await filter.Find(field).ChangeAsync("2026-11-28");
        Assert.NotEqual((null, null), chosen);
    }

    [Theory]
    [InlineData("0001-01-01T00:00+00:00", false)]
    [InlineData("0001-01-01T00:00-14:00", false)]
    [InlineData("9999-12-31T23:59+00:00", false)]
    [InlineData("yesterday", false)]
    [InlineData("2026-11-28T00:00+08:00", true)]
    public void A_moment_of_an_address_has_a_day_before_and_after_it_or_is_not_understood(string typed, bool isUnderstood)
    {
        var query = new QueryReader($"/voice?before={Uri.EscapeDataString(typed)}");

        Assert.Equal(isUnderstood, query.Moment("before") is not null);
        Assert.Equal(isUnderstood, query.IsAllUnderstood);
    }
}
