using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("db.RepairTickets.FromSqlRaw(sql)")]
    [InlineData("db.RepairTickets.FromSql($\"SELECT 1\")")]
    [InlineData("db.Database.SqlQuery<long>($\"SELECT 1\")")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"DELETE FROM x\", ct);")]
    [InlineData("var sql = \"PRAGMA cache_size=1\";")]
    [InlineData("var sql = \"SELECT * FROM x INDEXED BY y\";")]
    [InlineData("using var command = connection.CreateCommand();")]
    [InlineData("db.Database.GetDbConnection()")]
    [InlineData("catch (SqliteException e)")]
    [InlineData("using Microsoft.Data.Sqlite;")]
    [InlineData("using LogisticsAdmin.Data.Sqlite;")]
    [InlineData("options.UseSqlite(connection)")]
    [InlineData("protected override void Up(MigrationBuilder migrationBuilder)")]
    public void Sql_and_the_engine_stay_in_their_folder(string planted)
    {
        Holds(ArchitectureRules.EnginesStayInTheirFolder);
        Finds(ArchitectureRules.EnginesStayInTheirFolder, "LogisticsAdmin/Features/Repairs/Reading/TicketQueries.cs", planted);
        Finds(ArchitectureRules.EnginesStayInTheirFolder, "LogisticsAdmin/Data/Backups.cs", planted);
        Finds(ArchitectureRules.EnginesStayInTheirFolder, "LogisticsAdmin/Features/Fees/Migrations/AddFees.cs", planted);
        Assert.Empty(ArchitectureRules.EnginesStayInTheirFolder("LogisticsAdmin/Data/Sqlite/SqliteEngine.cs", planted));
    }

    [Fact]
    public void The_engine_is_chosen_in_one_file_that_writes_no_sql()
    {
        const string Choice = "LogisticsAdmin/Data/DataSetup.cs";
        Assert.Empty(ArchitectureRules.EnginesStayInTheirFolder(Choice, "services.AddSqlite();"));
        Finds(ArchitectureRules.EnginesStayInTheirFolder, Choice, "db.Database.ExecuteSql($\"DELETE FROM x\")");
        Finds(ArchitectureRules.EnginesStayInTheirFolder, "LogisticsAdmin/Program.cs", "services.AddSqlite();");
    }
}
