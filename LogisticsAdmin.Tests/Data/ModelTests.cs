using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class ModelTests
{
    [Fact]
    public async Task The_migrations_make_exactly_the_model()
    {
        await using var host = await TestHost.OpenAsync();

        Assert.False(
            await host.InDatabaseAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())),
            "Add a migration: dotnet ef migrations add NAME --project LogisticsAdmin -o Data/Sqlite/Migrations");
    }

    [Fact]
    public async Task The_model_builds_on_PostgreSQL_too()
    {
        await using var host = await TestHost.OpenAsync();
        var options = new DbContextOptionsBuilder<LogisticsDb>().UseNpgsql("Host=none").Options;
        await using var db = new LogisticsDb(options, host.AsSystem().Get<WriteServices>());

        var script = db.Database.GenerateCreateScript();

        Assert.Contains("CREATE TABLE \"RepairTickets\"", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE \"People\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_moments_sort_and_compare_by_the_moment_whatever_their_offset()
    {
        await using var host = await TestHost.OpenAsync();
        var noonInShanghai = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(8));
        DateTimeOffset[] moments = [noonInShanghai, new(2026, 11, 22, 4, 30, 0, TimeSpan.Zero), new(2026, 11, 21, 23, 15, 0, TimeSpan.FromHours(-5))];

        var (sorted, after) = await host.InDatabaseAsync(async db =>
        {
            db.Audit.AddRange(moments.Select((at, i) => new AuditEntry { Entity = "Moment", EntityId = i, Field = "At", At = at }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.ChangeTracker.Clear();
            var all = db.Audit.Where(a => a.Entity == "Moment");
            return (
                await all.OrderBy(a => a.At).Select(a => a.EntityId).ToListAsync(TestContext.Current.CancellationToken),
                await all.Where(a => a.At > noonInShanghai).Select(a => a.At).ToListAsync(TestContext.Current.CancellationToken));
        });

        Assert.Equal([0, 2, 1], sorted);
        Assert.All(after, at => Assert.Equal(TimeSpan.Zero, at.Offset));
        Assert.Equal(2, after.Count);
    }

    [Fact]
    public async Task Every_text_of_a_person_is_known_to_be_audited_or_kept_out()
    {
        string[] audited =
        [
            "UserName", "Email", "PhoneNumber", "FullName", "Number", "RetiredBecause", "StatusBecause", "College", "Major", "ClassName",
        ];
        string[] keptOut =
        [
            "PasswordHash", "SecurityStamp", "ConcurrencyStamp", "NormalizedEmail", "NormalizedUserName", "SlipHash", "Pinyin", "Initials", "Language",
        ];
        await using var host = await TestHost.OpenAsync();

        var texts = await host.InDatabaseAsync(db => Task.FromResult(db.Model.FindEntityType(typeof(Person))!.GetProperties()
            .Where(p => p.ClrType == typeof(string)).ToDictionary(p => p.Name, AuditTrail.IsAudited)));

        Assert.Equal(audited.Order(StringComparer.Ordinal), texts.Where(t => t.Value).Select(t => t.Key).Order(StringComparer.Ordinal));
        Assert.Equal(keptOut.Order(StringComparer.Ordinal), texts.Where(t => !t.Value).Select(t => t.Key).Order(StringComparer.Ordinal));
    }
}
