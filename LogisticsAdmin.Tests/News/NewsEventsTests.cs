using System.Net;
using System.Net.ServerSentEvents;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>The stream by which open phone pages learn of new, changed and withdrawn items.</summary>
public sealed class NewsEventsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_addressed_hear_of_a_publication_and_of_its_withdrawal_and_others_hear_nothing()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var admin = await work.AsAsync(TestUsers.Administrator);
        await using var resident = await StreamAsync(await work.App.SignInAsync(TestUsers.Resident));
        await using var technician = await StreamAsync(await work.App.SignInAsync(TestUsers.Technician));

        var draft = await admin.DraftNewsAsync(f => (f.IsUrgent, f.Audience) = (true, NewsSteps.Role("Resident")));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        Assert.Equal(["banners", "inbox", "news"], await resident.NextAsync(3));
        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        Assert.Equal(["banners", "inbox", "news"], await resident.NextAsync(3));

        // The next thing that the technician hears is what is meant for them.
        var other = await admin.DraftNewsAsync(f => f.Audience = NewsSteps.Role("Technician"));
        await admin.Get<NewsService>().ReleaseAsync(other.Id, Ct);
        Assert.Equal(["inbox", "news"], await technician.NextAsync(2));
    }

    [Fact]
    public async Task What_was_published_while_no_stream_was_open_differs_from_the_state_of_the_page_and_only_for_those_addressed()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var admin = await work.AsAsync(TestUsers.Administrator);
        var (resident, technician) = (await work.App.SignInAsync(TestUsers.Resident), await work.App.SignInAsync(TestUsers.Technician));
        var (page, other) = (await StateAsync(resident), await StateAsync(technician));
        await using (var first = await StreamAsync(resident)) Assert.Equal(page, first.States);

        var draft = await admin.DraftNewsAsync(f => (f.IsUrgent, f.Audience) = (true, NewsSteps.Role("Resident")));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await using var next = await StreamAsync(resident);
        await using var unchanged = await StreamAsync(technician);

        Assert.Equal(["banners", "news"], next.States.Except(page).Select(s => s.Split(':')[0]).Order());
        Assert.Equal(other, unchanged.States);
        Assert.Equal(await StateAsync(resident), next.States);

        // A signal tells what the page then shows, so that the next stream has nothing to add.
        var before = next.States;
        var more = await admin.DraftNewsAsync(f => f.Audience = NewsSteps.Role("Resident"));
        await admin.Get<NewsService>().ReleaseAsync(more.Id, Ct);
        // Messages of the first one may still come.
        while (await next.NextAsync(1) is not ["news"]) { }
        Assert.Equal(["news"], (await StateAsync(resident)).Except(before).Select(s => s.Split(':')[0]));
        Assert.Equal(OfNews(await StateAsync(resident)), OfNews(next.States));

        static async Task<IReadOnlyList<string>> StateAsync(HttpClient client) =>
            (await client.PageAsync("/my")).QuerySelector("[data-live-state]")!.GetAttribute("data-live-state")!.Split(' ');

        static IEnumerable<string> OfNews(IEnumerable<string> states) => states.Where(s => !s.StartsWith("inbox:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_ends_when_its_reader_signs_out_or_gets_other_rights_and_needs_an_account()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        using var anonymous = await work.App.Visitor().GetAsync("/my/events", Ct);
        Assert.Equal(HttpStatusCode.Redirect, anonymous.StatusCode);

        var client = await work.App.SignInAsync(TestUsers.Resident);
        await using var first = await StreamAsync(client);
        var page = await client.PageAsync("/Account/Profile");
        var signOut = page.Forms.First(f => f.GetAttribute("action")!.EndsWith("Account/Logout", StringComparison.Ordinal));
        using var signedOut = await client.SendFormAsync(signOut, "/Account/Profile");
        Assert.Equal(["end"], await first.NextAsync(1));

        await using var second = await StreamAsync(await work.App.SignInAsync(TestUsers.Technician));
        var technician = await work.AsAsync(TestUsers.Technician);
        technician.Get<SessionStamps>().Renew(technician.PersonId, "another");
        Assert.Equal(["end"], await second.NextAsync(1));
    }

    [Fact]
    public async Task A_person_has_only_some_streams_at_a_time()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var client = await work.App.SignInAsync(TestUsers.Resident);
        List<Stream> open = [];
        for (var i = 0; i < 12; i++) open.Add(await StreamAsync(client));

        using var refused = await client.GetAsync("/my/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        foreach (var stream in open) await stream.DisposeAsync();
    }

    private static async Task<Stream> StreamAsync(HttpClient client)
    {
        var response = await client.GetAsync("/my/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var stream = new Stream(response, await response.Content.ReadAsStreamAsync(Ct));
        Assert.Equal(["open"], await stream.NextAsync(1));
        return stream;
    }

    private sealed class Stream(HttpResponseMessage response, System.IO.Stream content) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> _events = SseParser.Create(content).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);

        /// <summary>The states that the last event told.</summary>
        public IReadOnlyList<string> States { get; private set; } = [];

        /// <summary>The names of the next events in the order of the alphabet: what belongs to one change comes in any order.</summary>
        public async Task<IReadOnlyList<string>> NextAsync(int count)
        {
            List<string> names = [];
            while (names.Count < count)
            {
                Assert.True(await _events.MoveNextAsync().AsTask().WaitAsync(TestTimeouts.Default, Ct));
                names.Add(_events.Current.EventType);
                States = _events.Current.Data.Split(' ');
            }
            return [.. names.Order()];
        }

        public async ValueTask DisposeAsync()
        {
            await _events.DisposeAsync();
            response.Dispose();
        }
    }
}
