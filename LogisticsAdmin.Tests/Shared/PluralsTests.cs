using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LogisticsAdmin.Features.Orders;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>English counts of one are in the singular, wherever a text comes from.</summary>
public sealed partial class PluralsTests
{
    // Their counts are two or more: a person alone has a text without a count.
    private static readonly string[] NeverOne = ["Refusal.PlacePromisedTo", "Refusal.RoomLivedInBy", "Import.NamesakesHere"];

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo(Languages.English);

    [Theory]
    [InlineData(0, "0 open tickets")]
    [InlineData(1, "1 open ticket")]
    [InlineData(2, "2 open tickets")]
    [InlineData(11, "11 open tickets")]
    public void A_place_with_two_wordings_takes_the_first_for_one(int count, string expected) =>
        Assert.Equal(expected, Plurals.Format(English, "{0} open {0:ticket|tickets}", count));

    [Fact]
    public void Every_count_of_a_text_is_worded_by_itself_and_other_places_are_filled_as_always()
    {
        Assert.Equal("1 bill is due, 1,200 accounts owe 1", Plurals.Format(
            English, "{0} {0:bill is|bills are} due, {1:N0} {1:account owes|accounts owe} {2}", 1, 1200, 1L));
        Assert.Equal("1 star, 1.0 stars, 1 star", Plurals.Format(
            English, "{0} {0:star|stars}, {1} {1:star|stars}, {2} {2:star|stars}", "1", "1.0", 1m));
        Assert.Equal("On 2026-11-22: , 王静", Plurals.Format(English, "On {0:yyyy-MM-dd}: {1}, {2}", new DateOnly(2026, 11, 22), null, "王静"));
        Assert.Equal(new LocalName("寝室 4", "Room, 4 beds"), new LocalName("{0} {1}", "{0}, {1} {1:bed|beds}").With(new LocalName("寝室", "Room"), 4));
    }

    [Fact]
    public async Task Every_localizer_of_the_app_words_counts()
    {
        await using var host = await TestHost.OpenAsync();
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = English;
        var orders = host.Services.GetRequiredService<IStringLocalizer<OrdersText>>();
        Assert.Equal(("1 order", "3 orders"), (orders["Orders.Found", 1].Value, orders["Orders.Found", 3].Value));
        Assert.Equal("1 minute to pay, 7 days ahead, 1 portion per person and meal.", orders["Rules.Say", 1, 7, 1].Value);
        var places = host.Services.GetRequiredService<IStringLocalizerFactory>().Create(typeof(PlacesText));
        Assert.Equal("1 campus · 2 buildings · 1 room", places["FirstStep.Summary", 1, 2, 1].Value);
        Assert.Equal(("1 open ticket", "1 张在办报修单"), (Badge().En, Badge().Zh));
        Assert.True(orders["NoSuchKey", 1].ResourceNotFound);

        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        Assert.Equal("共 1 单", orders["Orders.Found", 1].Value);

        LocalName Badge() => LocalName.Of<ReadingText>("RoomBadge.Tickets").With(1);
    }

    [Fact]
    public void English_texts_with_a_count_have_words_for_one()
    {
        List<string> wrong = [];
        var worded = 0;
        foreach (var (path, resx) in SourceTree.App(".resx"))
        {
            var isChinese = path.EndsWith(".zh-CN.resx", StringComparison.Ordinal);
            foreach (var data in XDocument.Parse(resx).Root!.Elements("data"))
            {
                var (key, text) = (data.Attribute("name")!.Value, data.Element("value")!.Value);
                if (text.Contains('|') && Choice().IsMatch(text)) worded++;
                if (isChinese && Choice().IsMatch(text)) wrong.Add($"{path}: {key} has two wordings in Chinese: {text}");
                if (!isChinese && !NeverOne.Contains(key) && Unworded(text)) wrong.Add($"{path}: {key} has no words for one: {text}");
            }
        }
        Assert.True(worded > 100);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_count_without_words_for_one_would_be_found()
    {
        Assert.True(Unworded("{0} orders"));
        Assert.True(Unworded("Will move {1:N0} people"));
        Assert.True(Unworded("{0} open tickets stay"));
        Assert.False(Unworded("{0} {0:order|orders}"));
        Assert.False(Unworded("At most {0} photos of {1}"));
        Assert.False(Unworded("More than {0} rows."));
    }

    /// <summary>A count before one of the app's things in the plural. A limit that is named is always more than one.</summary>
    private static bool Unworded(string text) => Counted().IsMatch(text);

    [GeneratedRegex(
        @"(?<!(most|least|than|last|to|All|within) )\{\d(:N0)?\} (?!has )([a-z-]+ )?(people|students|freshmen|tickets|orders|portions|dishes|rooms|beds"
        + "|buildings|campuses|accounts|bills|steps|keys|items|messages|rows|cases|requests|settings|crews|categories|entries|notices|imports|meters|statements"
        + @"|groups|seasons|rounds|robots|targets|parts|lines|differences|working days|minutes|stars)\b")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\{\d:[^}|]*\|[^}|]*\}")]
    private static partial Regex Choice();
}
