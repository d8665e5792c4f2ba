using System.Net;
using System.Text;
using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The freshman's pages over HTTP, as a browser without scripts uses them.</summary>
public sealed class OnboardingPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_steps_are_done_without_scripts_and_the_code_is_shown()
    {
        await using var app = await IntakeApp.StartAsync(fee: 60m, times: true, papers: true);
        var student = await app.SignInAsync(1);
        var home = await student.PageAsync("/my");
        Assert.Equal("5", home.QuerySelector("[data-onboarding-card]")!.GetAttribute("data-onboarding-card"));
        var page = await student.PageAsync("/my/onboarding");
        Assert.Equal("5", page.QuerySelector("[data-missing]")!.GetAttribute("data-missing"));
        Assert.Null(page.QuerySelector(".code svg"));

        await SentAsync(student, "/my/onboarding", ("Input.Remark", "<b>班级有误</b>"));
        await SentAsync(student, "/my/onboarding", ("Input.Rhythm", nameof(SleepRhythm.Early)), ("Input.WantsQuiet", "true"));
        await SentAsync(student, "/my/onboarding", ("Input.Reason", "家庭经济困难"));
        await SentAsync(student, "/my/onboarding", ("Input.DeskTimeId", app.Times[0].ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var paper = (await student.PageAsync("/my/onboarding")).QuerySelector("[data-paper]")!.GetAttribute("href")!;
        Assert.Contains("大功率", (await student.PageAsync($"/{paper}")).QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        await SentAsync(student, $"/{paper}", ("Input.Version", "1"));
        Assert.NotNull((await student.PageAsync($"/{paper}")).QuerySelector(".done"));

        var beds = await student.PageAsync("/my/onboarding/bed");
        var bed = beds.QuerySelector("button[data-bed]")!.GetAttribute("data-bed")!;
        await SentAsync(student, "/my/onboarding/bed", ("Input.Bed", bed));
        var held = await student.PageAsync("/my/onboarding/bed");
        Assert.Equal(bed, held.QuerySelector("[data-mine][data-held]")!.GetAttribute("data-mine"));
        using (var chosen = await student.SendFormAsync(held.Forms.First(f => f.QuerySelector("[value=choose]") is not null), "", ("Input.Act", "choose")))
            Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);

        var done = await student.PageAsync("/my/onboarding");
        Assert.Equal("0", done.QuerySelector("[data-missing]")!.GetAttribute("data-missing"));
        var freshman = await app.FreshmanAsync(1);
        Assert.True(freshman.HasBed);
        Assert.Contains(ArrivalCode.Show(freshman.Code), done.QuerySelector(".code")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(done.QuerySelector(".code svg path"));
        Assert.Equal("<b>班级有误</b>", done.QuerySelector("bdi")!.TextContent);
        Assert.Null(done.QuerySelector("bdi b"));
        Assert.Null((await student.PageAsync("/my")).QuerySelector("[data-onboarding-card]"));
    }

    [Fact]
    public async Task A_bed_that_another_took_is_refused_in_words_without_a_name_and_shown_taken()
    {
        await using var app = await IntakeApp.StartAsync();
        var (one, two) = (await app.SignInAsync(1), await app.SignInAsync(2));
        var seen = await two.PageAsync("/my/onboarding/bed");
        var bed = seen.QuerySelector("button[data-bed]")!.GetAttribute("data-bed")!;
        await SentAsync(one, "/my/onboarding/bed", ("Input.Bed", bed));

        using var refused = await two.SendFormAsync(seen.Forms.First(f => f.QuerySelector("button[data-bed]") is not null), "", ("Input.Bed", bed));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var answer = await refused.PageAsync();
        Assert.Contains("刚被选走", answer.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Null(answer.QuerySelector($"button[data-bed='{bed}']"));
        Assert.DoesNotContain("新生1", answer.QuerySelector("main")!.TextContent.Replace("新生1号楼", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var hostile in new[] { "x", "-1", "0", "99999999999999999999" })
        {
            using var none = await two.PostFormAsync("/my/onboarding/bed", ("Input.Bed", hostile));
            Assert.Equal(HttpStatusCode.OK, none.StatusCode);
        }
        Assert.Null((await app.FreshmanAsync(2)).BedId);
    }

    [Fact]
    public async Task Forms_of_an_older_page_are_answered_after_the_season_closed()
    {
        await using var app = await IntakeApp.StartAsync(times: true);
        var student = await app.SignInAsync(1);
        var (steps, beds) = (await student.PageAsync("/my/onboarding"), await student.PageAsync("/my/onboarding/bed"));
        await app.CloseAsync();
        using var data = await student.SendFormAsync(steps.Forms.First(f => f.QuerySelector("[name='Input.Remark']") is not null), "/my/onboarding");
        Assert.Equal(HttpStatusCode.OK, data.StatusCode);
        Assert.Contains("已结束", (await data.PageAsync()).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        var form = beds.Forms.First(f => f.QuerySelector("button[data-bed]") is not null);
        using var bed = await student.SendFormAsync(form, "", ("Input.Bed", form.QuerySelector("button[data-bed]")!.GetAttribute("data-bed")!));
        Assert.Equal(HttpStatusCode.OK, bed.StatusCode);
        Assert.Null((await app.FreshmanAsync(1)).BedId);
        var closed = await student.PageAsync("/my/onboarding");
        Assert.DoesNotContain(closed.Forms, f => f.QuerySelector("[name='Input.Remark']") is not null);
        Assert.Null((await student.PageAsync("/my")).QuerySelector("[data-onboarding-card]"));
    }

    [Fact]
    public async Task Pages_are_small_without_inline_styles_and_for_residents_only()
    {
        await using var app = await IntakeApp.StartAsync(fee: 60m, times: true, papers: true, beds: 200);
        var student = await app.SignInAsync(1);
        string[] addresses =
            ["/my/onboarding", "/my/onboarding/bed", "/my/onboarding/bed?building=x&floor=%00", "/my/onboarding/bed?building=9&floor=-1"];
        foreach (var address in addresses)
        {
            using var response = await student.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.True(Encoding.UTF8.GetByteCount(text) < 130_000, $"{address} has {Encoding.UTF8.GetByteCount(text)} bytes.");
            Assert.DoesNotContain(" style=", text, StringComparison.Ordinal);
        }
        using var none = await student.GetAsync("/my/onboarding/papers/999", Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var technician = await app.App.SignInAsync(TestUsers.Technician);
        foreach (var address in new[] { "/my/onboarding", "/my/onboarding/bed", "/my/onboarding/papers/1" })
        {
            using var guessed = await technician.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        }
        var resident = await app.App.SignInAsync(TestUsers.Resident);
        Assert.NotNull((await resident.PageAsync("/my/onboarding")).QuerySelector(".empty"));
        Assert.NotNull((await resident.PageAsync("/my/onboarding/bed")).QuerySelector(".empty"));
    }

    private static async Task SentAsync(HttpClient client, string address, params (string Name, string Value)[] fields)
    {
        using var response = await client.PostFormAsync(address, fields);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    /// <summary>The whole app with an intake whose students choose now.</summary>
    private sealed class IntakeApp : IAsyncDisposable
    {
        private IntakeApp(TestApp app, string directory, IReadOnlyList<long> times) => (App, _directory, Times) = (app, directory, times);

        private readonly string _directory;

        public TestApp App { get; }
        public IReadOnlyList<long> Times { get; }

        public static async Task<IntakeApp> StartAsync(decimal? fee = null, bool times = false, bool papers = false, int beds = 8)
        {
            var directory = await TestHost.NewStorageAsync();
            IReadOnlyList<long> desk = [];
            await using (var host = await TestHost.StartAsync(directory))
            {
                var intake = await host.IntakeAsync(beds: beds, fee: fee);
                if (times) desk = await host.DeskTimesAsync(intake.Season, 5, 5);
                if (papers) await host.PapersAsync(intake.Season, 1);
            }
            var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start), storage: directory);
            app.Services.GetRequiredService<BedBoard>().Kept = TimeSpan.Zero;
            return new IntakeApp(app, directory, desk);
        }

        public Task<HttpClient> SignInAsync(int number) => App.SignInAsync(FormattableString.Invariant($"freshman{number}"));

        public Task<Freshman> FreshmanAsync(int number) => App.InDatabaseAsync(db =>
        {
            var (name, users) = (FormattableString.Invariant($"freshman{number}"), db.Users);
            return db.Freshmen.AsNoTracking().SingleAsync(f => users.Any(p => p.Id == f.PersonId && p.UserName == name), Ct);
        });

        public Task<int> CloseAsync() => App.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.OnboardingSeasons.SingleAsync(token)).Close(TestHost.Start);
            return 0;
        }, Ct));

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            TestHost.DropStorage(_directory);
        }
    }
}
