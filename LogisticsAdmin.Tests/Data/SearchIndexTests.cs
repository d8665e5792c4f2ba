using CsCheck;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class SearchIndexTests
{
    private const string Tap = "BX20261122-0001 洗手池水龙头 Kitchen Tap 关不紧 竹园3号楼 512";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("龙", true)]
    [InlineData("龙头", true)]
    [InlineData("水龙头", true)]
    [InlineData("头龙", false)]
    [InlineData("龙池", false)]
    [InlineData("竹园3号", true)]
    [InlineData("3号楼 512", true)]
    [InlineData("51", true)]
    [InlineData("12", false)]
    [InlineData("kit", true)]
    [InlineData("KITCHEN tap", true)]
    [InlineData("tap kitchen", true)]
    [InlineData("kitchen-tap", true)]
    [InlineData("tap-kitchen", false)]
    [InlineData("chen", false)]
    [InlineData("Ｔａｐ", true)]
    [InlineData("BX20261122-0001", true)]
    [InlineData("bx20261122", true)]
    [InlineData("水龙头 电梯", false)]
    [InlineData("\"", false)]
    [InlineData("*", false)]
    public void Words_are_found_the_same_way_in_the_index_and_in_a_live_row(string typed, bool found)
    {
        using var index = new OneTextIndex();

        Assert.Equal(found, SearchIndex.Matches(typed, Tap));
        Assert.Equal(found, index.Finds(Tap, typed));
    }

    [Theory]
    [InlineData("𫠠 café naïve 𰻝面", "𰻝")]
    [InlineData("𫠠 café naïve 𰻝面", "𫠠")]
    [InlineData("𫠠 café naïve 𰻝面", "cafe")]
    [InlineData("𫠠 café naïve 𰻝面", "CAFÉ")]
    public void Rare_characters_and_accents_count_as_they_are_written(string text, string typed)
    {
        using var index = new OneTextIndex();

        Assert.Equal(typed != "cafe", index.Finds(text, typed));
        Assert.Equal(typed != "cafe", SearchIndex.Matches(typed, text));
    }

    [Theory]
    [InlineData("\" OR 1=1 --")]
    [InlineData("水* NEAR(头 -龙)")]
    [InlineData("' ; DROP TABLE RepairTickets; --")]
    [InlineData("text : ^龙 AND NOT OR")]
    [InlineData("((((((")]
    [InlineData("\0\u200B\uD800")]
    public async Task What_would_be_syntax_is_only_text(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        await desk.Tickets.SearchAsync(typed, ct: Ct);

        Assert.Single(await desk.Tickets.SearchAsync("水龙头", ct: Ct));
    }

    [Fact]
    public async Task Ten_thousand_typed_characters_are_searched_for_without_failing()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);

        Assert.Empty(await desk.Tickets.SearchAsync(new string('水', 10_000), ct: Ct));
        Assert.Empty(await desk.Tickets.SearchAsync(string.Concat(Enumerable.Repeat("水 q ", 2_500)), ct: Ct));
    }

    [Fact]
    public void The_live_match_agrees_with_the_index_on_any_text()
    {
        var piece = Gen.OneOf(
            "水", "龙", "头", "a", "B", "ab", "é", "e", "1", "12", "-",
            "\"", "*", "'", "(", " ", " ", "\t", "ß", "SS", "𰻝", "カ", "Ⅳ", "１", "\u0301", "😀", "\u200D", "İ", "ς", "Σ", "한", "ไ", "\uD800");
        var text = piece.Array[0, 12].Select(string.Concat);
        using var index = new OneTextIndex();

        Gen.Select(text, piece.Array[0, 5].Select(string.Concat)).Sample(
            (stored, typed) => SearchIndex.Matches(typed, stored) == index.Finds(stored, typed), iter: 5_000, threads: 1);
    }

    [Fact]
    public async Task Rows_missing_from_the_index_are_put_back_at_the_next_start()
    {
        var directory = await TestHost.NewStorageAsync();
        await using (var before = await TestHost.StartAsync(directory))
        {
            await before.TicketAsync();
            await before.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"RepairTicketSearch\"", Ct));
            Assert.Empty(await (await before.AsAsync(TestUsers.Dispatcher)).Tickets.SearchAsync("水龙头", ct: Ct));
        }

        await using (var after = await TestHost.StartAsync(directory))
            Assert.Single(await (await after.AsAsync(TestUsers.Dispatcher)).Tickets.SearchAsync("水龙头", ct: Ct));
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>The FTS table as the app creates it, containing one text at a time.</summary>
    private sealed class OneTextIndex : IDisposable
    {
        private readonly string _directory = TestHost.NewDirectory();
        private readonly SqliteConnection _connection;

        public OneTextIndex()
        {
            _connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "index.db")};Pooling=False");
            _connection.Open();
            Run("PRAGMA synchronous=OFF");
            Run(SqliteSearch.Create("T"));
        }

        public bool Finds(string text, string typed)
        {
            Run(SqliteSearch.Set("T", "1", "$text"), ("$text", SearchIndex.IndexedText(text)));
            return SearchIndex.HasWords(typed)
                && Equals(Run("SELECT count(*) FROM T WHERE T MATCH $query", ("$query", SqliteSearch.Query(SearchIndex.Phrases(typed)))), 1L);
        }

        public void Dispose()
        {
            _connection.Dispose();
            Directory.Delete(_directory, recursive: true);
        }

        private object? Run(string sql, params (string Name, string Value)[] values)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
            return command.ExecuteScalar();
        }
    }
}
