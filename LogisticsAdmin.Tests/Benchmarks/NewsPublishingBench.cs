using System.Diagnostics;
using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Proof;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// A notice to fifty thousand people: from its release until every inbox row is written, what verbs on tickets wait meanwhile, and the page that
/// shows who has read it.
/// </summary>
internal static class NewsPublishingBench
{
    private const int People = 50_000, Reports = 40, Rounds = 20;

    public static async Task RunAsync()
    {
        await using var app = new AppWithUsers(await TestApp.StartAsync());
        await app.InDatabaseAsync(FillAsync);
        var admin = await app.AsAsync(TestUsers.Administrator);
        var resident = await app.AsAsync(TestUsers.Resident);
        var report = await app.FormAsync();
        var quiet = await ReportAsync(Reports, () => false);

        var table = new Table($"a notice to {People:N0} people", "s", "others' p50 ms", "others' p95 ms", "others' max ms", "target");
        var before = Percentiles.Of(quiet);
        table.Row("nobody publishes", 0d, before.P50, before.P95, before.Max, "");
        for (var round = 1; round <= 3; round++)
        {
            var draft = await admin.DraftNewsAsync();
            var started = Stopwatch.GetTimestamp();
            await admin.Get<NewsService>().ReleaseAsync(draft.Id);
            var isDone = false;
            var others = Task.Run(() => ReportAsync(int.MaxValue, () => Volatile.Read(ref isDone)));
            while (!await app.InDatabaseAsync(db => db.NewsTellings.AnyAsync(t => t.ItemId == draft.Id && t.IsDone))) await Task.Delay(20);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Volatile.Write(ref isDone, true);
            var waited = Percentiles.Of(await others);
            table.Row($"notice {round}", seconds, waited.P50, waited.P95, waited.Max, "3 s, p95 100 ms");
        }

        var proof = admin.Get<ProofService>();
        var number = await app.InDatabaseAsync(db => db.NewsItems.OrderByDescending(i => i.Id).Select(i => i.Number).FirstAsync());
        var reading = new Table("who has read it", "p50 ms", "p95 ms");
        foreach (var (what, ask) in new (string, Func<Task>)[]
                 {
                     ("counts by building and class", () => proof.ReadAsync(number)),
                     ("first page of the unread", () => proof.PeopleAsync(number, new ProofFilter { State = ProofState.Unread })),
                 })
        {
            List<double> took = [];
            for (var i = 0; i < Rounds; i++) took.Add(await AppWithUsers.TimeAsync(ask));
            var times = Percentiles.Of(took);
            reading.Row(what, times.P50, times.P95);
        }

        async Task<List<double>> ReportAsync(int count, Func<bool> isDone)
        {
            List<double> took = [];
            while (took.Count < count && !isDone()) took.Add(await AppWithUsers.TimeAsync(() => resident.Intake.SubmitAsync(report)));
            return took;
        }
    }

    private static async Task<bool> FillAsync(LogisticsDb db)
    {
        await db.WriteAsync(token =>
        {
            using var bulk = new BulkWriter(db);
            var people = Enumerable.Range(0, People).Select(n =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"88{n:D6}");
                var person = new Person(name, $"学生{n}", name);
                person.SetStudies(Gender.Unknown, $"学院{n % 20}", null, string.Create(CultureInfo.InvariantCulture, $"班{n % 900}"), 2023 + n % 4);
                return person;
            }).ToList();
            bulk.AddUnaudited(people, token);
            bulk.AddUnaudited(people.Select(p => new IdentityUserRole<long> { UserId = p.Id, RoleId = (long)Role.Resident }), token);
            return Task.CompletedTask;
        });
        return true;
    }
}
