using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class CheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_storage_passes_while_the_app_works_on_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();

        Assert.Empty(await ProblemsAsync(host));
    }

    [Theory]
    [InlineData("""UPDATE "RepairTickets" SET "Number" = 'BX2026-1'""", "another form")]
    [InlineData("""UPDATE "RepairTickets" SET "Number" = 'BX20261122-0002'""", "beyond the last")]
    [InlineData("""UPDATE "DayNumbers" SET "Last" = 0""", "beyond the last")]
    [InlineData("""PRAGMA foreign_keys=OFF; UPDATE "RepairTickets" SET "RoomId" = 999999""", "foreign_key_check")]
    [InlineData(
        """INSERT INTO "__EFMigrationsHistory" SELECT * FROM (SELECT 'x', 'y'); DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" <> 'x'""",
        "migrations are due")]
    public async Task Damage_is_found(string damage, string problem)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(damage, Ct));

        Assert.Contains(await ProblemsAsync(host), p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_photo_without_its_file_is_found()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        await host.InDatabaseAsync(async db =>
        {
            db.RepairPhotos.Add(new RepairPhoto(Guid.NewGuid(), resident.PersonId, 1, 1, 1, host.Clock.GetUtcNow()));
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Contains(await ProblemsAsync(host), p => p.Contains("has no file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_inspection_cannot_write()
    {
        await using var host = await TestHost.OpenAsync(services =>
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddScoped<IStorageCheck, WritingCheck>(services));

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => ProblemsAsync(host));
    }

    private static async Task<List<string>> ProblemsAsync(TestHost host)
    {
        List<string> all = [];
        await foreach (var (_, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct)) all.AddRange(problems);
        return all;
    }

    private sealed class WritingCheck : IStorageCheck
    {
        public string Subject => "meddling";

        public async IAsyncEnumerable<string> ProblemsAsync(
            LogisticsDb db, string directory, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"RepairPhotos\"", ct);
            yield break;
        }
    }
}
