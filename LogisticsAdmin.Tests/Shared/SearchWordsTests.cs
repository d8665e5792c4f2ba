using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>Searches ask the database for each word, and the database refuses to be asked for a thousand at once.</summary>
public sealed class SearchWordsTests
{
    private const string Signs = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>All different, and short enough for an address.</summary>
    internal static string ThousandWords { get; } =
        string.Join(' ', Enumerable.Range(0, 1_000).Select(n => $"{Signs[n / Signs.Length]}{Signs[n % Signs.Length]}"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_first_words_are_looked_for_each_once()
    {
        Assert.Empty(SearchWords.Of(null));
        Assert.Empty(SearchWords.Of(" \u3000 "));
        Assert.Equal(["竹园3", "512"], SearchWords.Of("  竹园3 512\u3000竹园3 "));
        Assert.Equal(["竹园3", "512"], SearchWords.Of("竹园3-512", [' ', '-']));
        Assert.Equal(ThousandWords.Split(' ')[..SearchWords.Most], SearchWords.Of(ThousandWords));
        Assert.Equal(SearchWords.Longest, Assert.Single(SearchWords.Of(new string('x', 100_000))).Length);
    }

    [Theory]
    [InlineData(TestUsers.Administrator, "audit, who")]
    [InlineData(TestUsers.Administrator, "audit, what")]
    [InlineData(TestUsers.Administrator, "people")]
    [InlineData(TestUsers.Manager, "dishes")]
    [InlineData(TestUsers.Manager, "parts")]
    [InlineData(TestUsers.Manager, "seasons")]
    [InlineData(TestUsers.Manager, "rooms")]
    [InlineData(TestUsers.Dispatcher, "rooms by words")]
    [InlineData(TestUsers.Dispatcher, "buildings by words")]
    [InlineData(TestUsers.Dispatcher, "beds")]
    [InlineData(TestUsers.Dispatcher, "beds at the desk")]
    [InlineData("a1", "beds to move to")]
    public async Task A_thousand_words_find_nothing_and_no_fault(string who, string search)
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await host.IntakeAsync();
        var freshman = (await host.FreshmanAsync("freshman1")).PersonId;
        var person = await host.AsAsync(who);

        var found = search switch
        {
            "audit, who" => (await person.Get<AuditService>().ListAsync(new AuditFilter { Who = ThousandWords }, ct: Ct)).Items.Count,
            "audit, what" => (await person.Get<AuditService>().ListAsync(new AuditFilter { Thing = ThousandWords }, ct: Ct)).Items.Count,
            "people" => (await person.Get<PeopleService>().ListAsync(new PeopleFilter { Text = ThousandWords }, Ct)).Items.Count,
            "dishes" => (await person.Get<ItemService>().AllAsync(new ItemFilter(ShelfKind.Meals) { Text = ThousandWords }, Ct)).Count,
            "parts" => (await person.Get<PartsService>().AllAsync(new PartFilter { Text = ThousandWords }, Ct)).Count,
            "seasons" => (await person.Get<SeasonQueries>().AllAsync(new SeasonFilter { Text = ThousandWords }, Ct)).Count,
            "rooms" => (await person.Get<PlacesQueries>().RoomsAsync(new PlacesFilter { Text = ThousandWords }, Ct)).Count,
            "rooms by words" => (await person.Get<PlacesQueries>().FindRoomsAsync(ThousandWords, 5, Ct)).Count,
            "buildings by words" => (await person.Get<PlacesQueries>().FindBuildingsAsync(ThousandWords, 5, Ct)).Count,
            "beds" => (await person.Get<BedQueries>().FreeBedsAsync(ThousandWords, ct: Ct)).Count,
            "beds at the desk" => (await person.Get<EntryDeskQueries>().FreeBedsAsync(freshman, anywhere: true, ThousandWords, Ct)).Count,
            _ => (await person.Get<RoomChangeQueries>().FreeBedsAsync(ThousandWords, Ct)).Count,
        };

        Assert.Equal(0, found);
    }
}
