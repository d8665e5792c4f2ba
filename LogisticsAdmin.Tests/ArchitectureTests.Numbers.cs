using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public async Task Stored_numbers_are_exact()
    {
        await using var host = await TestHost.OpenAsync();
        await using var planted = new PlantedDb();

        Assert.Empty(await host.InDatabaseAsync(db => Task.FromResult(ArchitectureRules.StoredNumbersAreExact(db.Model).ToList())));
        Assert.Equal(
            [nameof(Planted.Price), nameof(Planted.Share), nameof(Planted.Weight)],
            ArchitectureRules.StoredNumbersAreExact(planted.Model).Select(problem => problem.Split('.', ' ')[1]).Order());
    }

    [Theory]
    [InlineData("public double Price { get; set; }")]
    [InlineData("private float? _totalAmount;")]
    [InlineData("void Pay(double costFen)")]
    public void Amounts_are_no_binary_fractions(string planted)
    {
        Holds(ArchitectureRules.AmountsAreNoBinaryFractions);
        Finds(ArchitectureRules.AmountsAreNoBinaryFractions, "LogisticsAdmin/Features/Repairs/X.cs", planted);
        Assert.Empty(ArchitectureRules.AmountsAreNoBinaryFractions("LogisticsAdmin/Features/Repairs/X.cs", "public decimal Price; double Width; float Fence;"));
    }

    private sealed class Planted
    {
        public long Id { get; set; }
        public decimal? Price { get; set; }
        public double Share { get; set; }
        public float Weight { get; set; }
        public int Count { get; set; }
    }

    private sealed class PlantedDb : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=:memory:");

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Planted>();
    }
}
