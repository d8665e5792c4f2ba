using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>
/// Amounts stored as decimal text become fen, prices and quantities become scaled integers, and whatever had to be rounded is logged.
/// </summary>
public sealed class MoneyMigrationTests : IAsyncLifetime
{
    private readonly string _directory = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_directory, "logistics.db");

    public async ValueTask InitializeAsync()
    {
        var release = await File.ReadAllTextAsync(Path.Combine(SourceTree.Top, "LogisticsAdmin.Tests", "Data", "FirstRelease.sql"), Ct);
        await ExecuteAsync($"BEGIN; {release} DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" <> '{FoldedMigrations.LastId}'; COMMIT");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("0.01", 1L)]
    [InlineData("12.00", 1_200L)]
    [InlineData("12.0", 1_200L)]
    [InlineData("12.50", 1_250L)]
    [InlineData("99999.99", 9_999_999L)]
    [InlineData("0.07", 7L)]
    [InlineData("1.15", 115L)]
    [InlineData("-3.5", -350L)]
    [InlineData("0", 0L)]
    [InlineData(null, null)]
    public async Task The_imported_cost_of_a_ticket_keeps_its_value_and_nothing_is_logged(string? stored, long? fen)
    {
        var ticket = await FirstIdAsync("RepairTickets");
        await ExecuteAsync("UPDATE \"RepairTickets\" SET \"Cost\" = NULL");
        await ExecuteAsync($"UPDATE \"RepairTickets\" SET \"Cost\" = {Literal(stored)} WHERE \"Id\" = {ticket}");
        var (host, log) = await StartAsync();
        await using (host)
        {
            Assert.Equal(fen, await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket).Select(t => t.CostFen).SingleAsync(Ct)));
            Assert.Empty(Changes(log));
        }
    }

    [Theory]
    [InlineData("0.01", 1L)]
    [InlineData("12.00", 1_200L)]
    [InlineData("12.50", 1_250L)]
    [InlineData("99999.99", 9_999_999L)]
    public async Task The_amount_of_a_line_keeps_its_value_and_is_summed_in_the_database(string stored, long fen)
    {
        var line = await FirstIdAsync("RepairUses");
        await ExecuteAsync($"UPDATE \"RepairUses\" SET \"Amount\" = '{stored}' WHERE \"Id\" = {line}");
        var others = await ReadAsync($"SELECT CAST(ROUND(SUM(\"Amount\") * 100) AS INTEGER) FROM \"RepairUses\" WHERE \"Id\" <> {line}");
        var (host, log) = await StartAsync();
        await using (host)
        {
            Assert.Equal(fen, await host.InDatabaseAsync(db => db.RepairUses.Where(u => u.Id == line).Select(u => u.AmountFen).SingleAsync(Ct)));
            Assert.Equal(others + fen, await host.InDatabaseAsync(db => db.RepairUses.SumAsync(u => u.AmountFen, Ct)));
            Assert.Empty(Changes(log));
        }
    }

    [Fact]
    public async Task Prices_and_quantities_keep_all_their_decimals()
    {
        var (price, rate) = (await FirstIdAsync("PartPrices"), await FirstIdAsync("LabourRates"));
        var line = await ReadAsync("SELECT min(\"Id\") FROM \"RepairUses\" WHERE \"Quantity\" IS NOT NULL");
        await ExecuteAsync($"""
            UPDATE "PartPrices" SET "Price" = '99999.99' WHERE "Id" = {price};
            UPDATE "LabourRates" SET "PricePerHour" = '60.0001' WHERE "Id" = {rate};
            UPDATE "RepairUses" SET "Quantity" = '0.07', "UnitPrice" = '1.2345' WHERE "Id" = {line};
            """);
        var before = await CountsAsync();
        var (host, log) = await StartAsync();
        await using (host)
        {
            Assert.Equal(99_999.99m, await host.InDatabaseAsync(db => db.PartPrices.Where(p => p.Id == price).Select(p => p.Price).SingleAsync(Ct)));
            Assert.Equal(60.0001m, await host.InDatabaseAsync(db => db.LabourRates.Where(r => r.Id == rate).Select(r => r.PricePerHour).SingleAsync(Ct)));
            var use = await host.InDatabaseAsync(db => db.RepairUses.SingleAsync(u => u.Id == line, Ct));
            Assert.Equal((0.07m, 1.2345m), (use.Quantity, use.UnitPrice));
            Assert.Equal(before, await CountsAsync());
            Assert.Empty(Changes(log));
        }
    }

    [Theory]
    [InlineData("0.005", 1L)]
    [InlineData("12.344", 1_234L)]
    [InlineData("-0.005", -1L)]
    public async Task An_amount_finer_than_a_fen_is_rounded_and_its_row_is_logged_once(string stored, long fen)
    {
        var (ticket, line) = (await FirstIdAsync("RepairTickets"), await FirstIdAsync("RepairUses"));
        await ExecuteAsync($"""
            UPDATE "RepairTickets" SET "Cost" = '{stored}' WHERE "Id" = {ticket};
            UPDATE "RepairUses" SET "Amount" = '{stored}' WHERE "Id" = {line};
            """);
        var (host, log) = await StartAsync();
        await using (host)
        {
            Assert.Equal(fen, await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket).Select(t => t.CostFen).SingleAsync(Ct)));
            Assert.Equal(fen, await host.InDatabaseAsync(db => db.RepairUses.Where(u => u.Id == line).Select(u => u.AmountFen).SingleAsync(Ct)));
        }
        Assert.Equal([$"RepairTickets {ticket}: Cost {stored} is now {fen} fen", $"RepairUses {line}: Amount {stored} is now {fen} fen"], Changes(log));

        var (again, second) = await StartAsync();
        await using (again) Assert.Empty(Changes(second));
    }

    [Fact]
    public async Task Notes_of_a_migration_are_logged_by_the_next_start_when_the_first_one_was_killed()
    {
        await (await TestHost.StartAsync(_directory)).DisposeAsync();
        await ExecuteAsync($"{MigrationNotes.Create}; INSERT INTO \"{MigrationNotes.Table}\" VALUES ('RepairUses 1: Amount 0.005 is now 1 fen')");

        var (host, log) = await StartAsync();
        await using (host) Assert.Equal("RepairUses 1: Amount 0.005 is now 1 fen", Assert.Single(Changes(log)));
    }

    [Fact]
    public async Task Entries_of_the_audit_log_follow_the_renamed_fields()
    {
        await ExecuteAsync("""
            INSERT INTO "Audit" ("Entity", "EntityId", "Field", "Old", "New", "At") VALUES
                ('RepairTicket', 1, 'Cost', NULL, '12.5', 0), ('RepairUse', 1, 'Amount', '0.01', '99999.99', 0), ('Part', 1, 'Name', '12.5', 'x', 0)
            """);
        var (host, _) = await StartAsync();
        await using (host)
        {
            var entries = await host.InDatabaseAsync(db => db.Audit.Where(a => a.At == DateTimeOffset.MinValue).OrderBy(a => a.Id).ToListAsync(Ct));
            Assert.Equal(
                [("CostFen", null, "1250"), ("AmountFen", "1", "9999999"), ("Name", "12.5", "x")],
                entries.Select(e => (e.Field, e.Old, e.New)));
        }
    }

    [Fact]
    public async Task The_migrations_make_the_tables_that_the_model_describes()
    {
        await using var host = await TestHost.OpenAsync();
        var script = await host.InDatabaseAsync(db => Task.FromResult(db.Database.GenerateCreateScript()));
        File.Delete(Database);
        await ExecuteAsync(script);

        foreach (var table in new[] { "RepairTickets", "RepairUses", "PartPrices", "LabourRates" })
        {
            Assert.Equal(await SchemaAsync(Database, table), await SchemaAsync(Path.Combine(host.Directory, "logistics.db"), table));
        }
    }

    /// <summary>The sorted lines of the table's definition, and its indexes.</summary>
    private static async Task<List<string>> SchemaAsync(string database, string table)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_master WHERE tbl_name = $table AND sql IS NOT NULL";
        command.Parameters.AddWithValue("$table", table);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        List<string> lines = [];
        while (await reader.ReadAsync(Ct))
        {
            // Columns that were added later come last, after the constraints.
            var sql = reader.GetString(0);
            foreach (var added in new[] { "CostFen", "ContactName", "ArrivedAt", "SuggestedCrewId", "OutageNoticeId" })
                sql = sql.Replace($", \"{added}\" ", $",\n\"{added}\" ", StringComparison.Ordinal);
            lines.AddRange(sql.Split('\n').Select(line => line.Trim().TrimEnd(',', ')').TrimEnd()).Where(line => line.Length > 0));
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private async Task<(TestHost House, RecordingLoggerProvider Log)> StartAsync()
    {
        var log = new RecordingLoggerProvider();
        return (await TestHost.StartAsync(_directory, services => services.AddSingleton<ILoggerProvider>(log)), log);
    }

    private static List<string> Changes(RecordingLoggerProvider log) =>
        [.. log.Warnings.Where(w => w.StartsWith("The migration changed", StringComparison.Ordinal))
            .Select(w => w[(w.IndexOf(": ", StringComparison.Ordinal) + 2)..])];

    private async Task<string> CountsAsync()
    {
        List<long> counts = [];
        foreach (var table in new[] { "RepairTickets", "RepairUses", "PartPrices", "LabourRates" })
            counts.Add(await ReadAsync($"SELECT count(*) FROM \"{table}\""));
        return string.Join(' ', counts);
    }

    private Task<long> FirstIdAsync(string table) => ReadAsync($"SELECT min(\"Id\") FROM \"{table}\"");

    private static string Literal(string? text) => text is null ? "NULL" : $"'{text}'";

    private async Task<long> ReadAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
