using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// As many students as there are beds come within a time, each opens the page, holds a bed that it shows as free and confirms it; who is refused takes
/// another one from the answer. BEDS sets how many, RUSH_SECONDS within how long they come.
/// </summary>
internal static partial class BedRushBench
{
    private static readonly int Beds = Given("BEDS", 2_000), Seconds = Given("RUSH_SECONDS", 60);

    public static async Task RunAsync()
    {
        var directory = await TestHost.NewStorageAsync();
        IReadOnlyList<long> beds;
        await using (var host = await TestHost.StartAsync(directory))
        {
            var intake = await host.IntakeAsync(Beds, Beds);
            beds = intake.Beds;
            var now = TimeProvider.System.GetUtcNow();
            await host.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                (await db.SeasonGroups.SingleAsync(token)).Describe("软件学院", now.AddHours(-1), now.AddHours(6));
                return 0;
            }));
        }
        await using (var app = await TestApp.StartAsync(kestrel: true, storage: directory))
        {
            var students = await SignInAsync(app);
            var (pages, holds, confirms) = (new ConcurrentBag<double>(), new ConcurrentBag<double>(), new ConcurrentBag<double>());
            var (refused, failed) = (0, 0);
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Address!) };
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(students.Select((cookie, n) => Task.Run(async () =>
            {
                var due = TimeSpan.FromSeconds((double)n * Seconds / students.Count) - watch.Elapsed;
                if (due > TimeSpan.Zero) await Task.Delay(due);
                try
                {
                    Interlocked.Add(ref refused, await new Student(http, cookie, new Random(n)).ChooseAsync(pages, holds, confirms));
                }
                catch (Exception e) when (e is HttpRequestException or InvalidOperationException)
                {
                    Interlocked.Increment(ref failed);
                    Console.WriteLine($"Student {n}: {e.Message}");
                }
            })));
            var took = watch.Elapsed.TotalSeconds;
            var table = new Table($"{Beds:N0} students for {Beds:N0} beds", "requests", "p50 ms", "p95 ms", "max ms", "target");
            foreach (var (what, times, target) in new[]
            {
                ("the page with the beds", pages, "p95 200"), ("holding a bed, refusals included", holds, "p95 200"), ("confirming it", confirms, "p95 200"),
            })
            {
                var all = Percentiles.Of(times);
                table.Row(what, all.Count, all.P50, all.P95, all.Max, target);
            }
            var had = await app.InDatabaseAsync(db => db.Freshmen.Where(f => f.BedId != null && f.HeldUntil == null).Select(f => f.BedId!.Value).ToListAsync());
            var sums = new Table("result", "seconds", "refused", "failed", "chosen", "target");
            sums.Row("all have a bed", took, refused, failed, had.Count, "120 s, 0 failed");
            if (!had.Order().SequenceEqual(beds.Order())) throw new InvalidOperationException("Not each bed has exactly one student.");
        }
        TestHost.DropStorage(directory);
    }

    private static int Given(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : usual;

    /// <summary>The cookies of all students, as a sign-in makes them: hashing thousands of passwords is slow by design and measured elsewhere.</summary>
    private static async Task<IReadOnlyList<string>> SignInAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var factory = services.GetRequiredService<IUserClaimsPrincipalFactory<Person>>();
        var people = await services.GetRequiredService<UserManager<Person>>().Users.Where(p => p.ClassName == Intake.ClassName).OrderBy(p => p.Id)
            .ToListAsync();
        var now = TimeProvider.System.GetUtcNow();
        List<Session> sessions =
            people.ConvertAll(p => new Session { PersonId = p.Id, StartedAt = now, LastSeenAt = now, Method = SignInMethod.Password });
        await app.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            db.Set<Session>().AddRange(sessions);
            return Task.FromResult(0);
        }));
        List<string> cookies = [];
        foreach (var (person, session) in people.Zip(sessions))
        {
            var principal = await factory.CreateAsync(person);
            ((ClaimsIdentity)principal.Identity!).AddClaim(session.ToClaim());
            var ticket = new AuthenticationTicket(
                principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + Session.Lifetime }, IdentityConstants.ApplicationScheme);
            cookies.Add($"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}");
        }
        return cookies;
    }

    /// <summary>One student's browser without scripts.</summary>
    private sealed class Student(HttpClient http, string cookie, Random random)
    {
        private readonly Dictionary<string, string> _cookies = new() { [cookie[..cookie.IndexOf('=')]] = cookie[(cookie.IndexOf('=') + 1)..] };

        /// <summary>Returns how often a bed was taken by somebody else meanwhile.</summary>
        public async Task<int> ChooseAsync(ConcurrentBag<double> pages, ConcurrentBag<double> holds, ConcurrentBag<double> confirms)
        {
            const string Address = "/my/onboarding/bed";
            var page = await TimedAsync(pages, () => SendAsync(HttpMethod.Get, Address, null));
            var floors = FloorLink().Matches(page.Text).Select(m => Decoded(m.Groups[1].Value)).Distinct().ToList();
            if (floors.Count > 0) page = await TimedAsync(pages, () => SendAsync(HttpMethod.Get, "/" + floors[random.Next(floors.Count)], null));
            for (var refused = 0; ; refused++)
            {
                var free = FreeBed().Matches(page.Text);
                if (free.Count == 0)
                {
                    page = await TimedAsync(pages, () => SendAsync(HttpMethod.Get, Address, null));
                    free = FreeBed().Matches(page.Text);
                    if (free.Count == 0) throw new InvalidOperationException("The page shows no free bed.");
                }
                var bed = free[random.Next(free.Count)].Groups[1].Value;
                var shown = page;
                page = await TimedAsync(holds, () => SendAsync(HttpMethod.Post, Address, Form(shown.Text, ("Input.Bed", bed))));
                if (!page.IsRedirect) continue;
                page = await TimedAsync(pages, () => SendAsync(HttpMethod.Get, Address, null));
                var held = page;
                var done = await TimedAsync(confirms, () => SendAsync(HttpMethod.Post, Address, Form(held.Text, ("Input.Act", "choose"))));
                return done.IsRedirect ? refused : throw new InvalidOperationException("A held bed could not be confirmed.");
            }
        }

        private async Task<(bool IsRedirect, string Text)> SendAsync(HttpMethod method, string address, HttpContent? content)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            using var response = await http.SendAsync(request);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var one in set.Select(s => s.Split(';')[0]))
                    if (one.IndexOf('=') is var at and > 0 && at < one.Length - 1) _cookies[one[..at]] = one[(at + 1)..];
            }
            var isRedirect = (int)response.StatusCode is >= 300 and < 400;
            if (!isRedirect) response.EnsureSuccessStatusCode();
            else if (response.Headers.Location?.ToString().Contains("Login", StringComparison.Ordinal) == true)
                throw new InvalidOperationException("The cookie was refused.");
            return (isRedirect, await response.Content.ReadAsStringAsync());
        }

        private static async Task<T> TimedAsync<T>(ConcurrentBag<double> times, Func<Task<T>> act)
        {
            var began = Stopwatch.GetTimestamp();
            var result = await act();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return result;
        }

        // The hidden fields of the form of the beds, and what was pressed.
        private static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] pressed)
        {
            var form = page[page.IndexOf("<form method=\"post\" action=\"my/onboarding/bed", StringComparison.Ordinal)..];
            form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
            var fields = Hidden().Matches(form).ToDictionary(m => m.Groups[1].Value, m => Decoded(m.Groups[2].Value));
            foreach (var (name, value) in pressed) fields[name] = value;
            return new FormUrlEncodedContent(fields);
        }

        private static string Decoded(string text) => WebUtility.HtmlDecode(text);
    }

    [GeneratedRegex("href=\"(my/onboarding/bed\\?building=\\d+&amp;floor=\\d+)\"")]
    private static partial Regex FloorLink();

    [GeneratedRegex("<button class=\"bed free\"[^>]*data-bed=\"(\\d+)\"")]
    private static partial Regex FreeBed();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
