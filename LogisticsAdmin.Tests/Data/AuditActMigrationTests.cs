using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>Audit entries of earlier versions are gathered into acts by who wrote them and when.</summary>
public sealed class AuditActMigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_that_one_person_wrote_within_a_second_are_one_act_and_choices_of_theme_and_language_are_gone()
    {
        var directory = TestHost.NewDirectory();
        var release = await File.ReadAllTextAsync(Path.Combine(SourceTree.Top, "LogisticsAdmin.Tests", "Data", "FirstRelease.sql"), Ct);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "logistics.db")};Pooling=False;Foreign Keys=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                BEGIN; {release} DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" <> '{FoldedMigrations.LastId}'; COMMIT;
                DELETE FROM "Audit";
                INSERT INTO "Audit" ("Id", "Entity", "EntityId", "Field", "New", "At", "ActorId") VALUES
                    (1, 'X', 1, 'A', '1', 10000000, NULL), (2, 'X', 1, 'B', '1', 19000000, NULL), (3, 'X', 2, 'A', '1', 40000000, NULL),
                    (4, 'Person', 1, 'DarkMode', 'True', 40000000, NULL), (5, 'X', 3, 'A', '1', 40000001, (SELECT MIN("Id") FROM "People")),
                    (6, 'X', 3, 'B', '1', 40000001, (SELECT MIN("Id") FROM "People"));
                """;
            await command.ExecuteNonQueryAsync(Ct);
        }
        await using (var host = await TestHost.StartAsync(directory))
        {
            var acts = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == "X" || a.Field == "DarkMode").OrderBy(a => a.Id)
                .Select(a => new { a.Id, a.Act }).ToListAsync(Ct));
            Assert.Equal([(1, 1), (2, 1), (3, 3), (5, 5), (6, 5)], acts.Select(a => ((int)a.Id, (int)a.Act)));
            Assert.True(await host.InDatabaseAsync(db => db.Audit.AllAsync(a => a.Act > 0, Ct)));
        }
        Directory.Delete(directory, recursive: true);
    }
}
