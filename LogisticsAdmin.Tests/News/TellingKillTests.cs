using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

[Collection(nameof(KillTests))]
public sealed class TellingKillTests
{
    private const int People = 2_500;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_it_tells_a_campus_it_goes_on_afterwards_and_tells_nobody_twice()
    {
        var directory = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(directory)) await host.AddResidentsAsync(People);
        List<string> published = [];
        foreach (var lines in new[] { 1, 2, 4 })
        {
            await TellUntilKilledAsync(directory, lines, published);

            await using var host = await TestHost.StartAsync(directory);
            await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
            var addressed = await host.InDatabaseAsync(db => db.Addressed(AudienceRule.Everyone, AudienceRule.NoGroups).CountAsync(Ct));
            var told = await host.InDatabaseAsync(db => db.Set<LogisticsAdmin.Features.Inbox.InboxItem>().Where(m => m.Subject.StartsWith("TZ"))
                .GroupBy(m => m.Subject).Select(g => new { Number = g.Key, Messages = g.Count(), People = g.Select(m => m.PersonId).Distinct().Count() })
                .ToDictionaryAsync(g => g.Number, Ct));
            Assert.All(published, number => Assert.Equal((addressed, addressed), (told[number].Messages, told[number].People)));
            Assert.False(await host.InDatabaseAsync(db => db.NewsTellings.AnyAsync(t => !t.IsDone, Ct)));
            var recipients = await host.InDatabaseAsync(db => db.NewsRecipients.GroupBy(r => r.ItemId).Select(g => g.Count()).ToListAsync(Ct));
            Assert.All(recipients, count => Assert.Equal(addressed, count));
        }
        TestHost.DropStorage(directory);
    }

    private static async Task TellUntilKilledAsync(string directory, int lines, List<string> published)
    {
        await using var telling = AppProcess.Tell(directory);
        var error = telling.Process.StandardError.ReadToEndAsync(Ct);
        for (var read = 0; read < lines; read++)
        {
            if (await telling.Process.StandardOutput.ReadLineAsync(Ct) is not { } line) Assert.Fail($"It ended by itself: {await error}");
            else published.Add(line.TrimEnd(';'));
        }
        telling.Process.Kill();
        while (await telling.Process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.EndsWith(';')) published.Add(line.TrimEnd(';'));
    }
}
