using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>E-mails of earlier versions, all of which were sign-in names, stay sign-in names.</summary>
public sealed class EmailMigrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_e_mail_that_is_stored_becomes_confirmed_and_keeps_its_sign_in_name()
    {
        var directory = TestHost.NewDirectory();
        var release = await File.ReadAllTextAsync(Path.Combine(SourceTree.Top, "LogisticsAdmin.Tests", "Data", "FirstRelease.sql"), Ct);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "logistics.db")};Pooling=False;Foreign Keys=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = $"""BEGIN; {release} DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" <> '{FoldedMigrations.LastId}'; COMMIT;""";
            await command.ExecuteNonQueryAsync(Ct);
        }
        await using (var host = await TestHost.StartAsync(directory))
        {
            var people = await host.InDatabaseAsync(db => db.Users.AsNoTracking().Include(p => p.SignInNames).ToListAsync(Ct));
            Assert.Contains(people, p => p.Email is not null);
            Assert.All(people, p => Assert.Equal(p.Email is not null, p.EmailConfirmed));
            Assert.All(people.Where(p => p.Email is not null && p.RetiredAt is null),
                p => Assert.Contains(SignInName.Normalize(p.Email!), p.SignInNames.Select(n => n.Name)));
        }
        Directory.Delete(directory, recursive: true);
    }
}
