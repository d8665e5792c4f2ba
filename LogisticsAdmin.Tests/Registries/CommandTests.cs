using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Registries;

/// <summary>Who may give which command of the search box, and that each command does one thing.</summary>
public sealed class CommandTests
{
    private const string Everybody = "report-on-behalf record-case export light-theme dark-theme system-theme language sign-out";

    [Theory]
    [InlineData(Role.Resident, "")]
    [InlineData(Role.Technician, "")]
    [InlineData(Role.Dispatcher, Everybody)]
    [InlineData(Role.Manager, $"{Everybody} new-level")]
    [InlineData(Role.Administrator, $"{Everybody} new-level import-people write-notice")]
    public async Task A_person_is_offered_what_they_may_do(Role role, string expected)
    {
        await using var host = await TestHost.OpenAsync();
        var commands = host.Services.GetService(typeof(IEnumerable<ICommandItem>)) as IEnumerable<ICommandItem>;
        var actor = new Actor(1, "某人", new HashSet<Role> { role }, null, null);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), commands!.Where(c => c.IsFor(actor)).Select(c => c.Key).Order());
    }

    [Fact]
    public async Task Each_command_does_exactly_one_thing_and_has_a_name_of_its_own()
    {
        await using var host = await TestHost.OpenAsync();
        var commands = ((IEnumerable<ICommandItem>)host.Services.GetService(typeof(IEnumerable<ICommandItem>))!).ToList();

        Assert.All(commands, c => Assert.Single(new object?[] { c.Address, c.Dialog, c.Presses }, way => way is not null));
        Assert.Equal(commands.Count, commands.Select(c => c.Key).Distinct().Count());
        Assert.Equal(commands.Count, commands.Select(c => c.Label.Zh).Distinct().Count());
    }
}
