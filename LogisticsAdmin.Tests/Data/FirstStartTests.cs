using System.Net;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class FirstStartTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task The_first_start_on_an_empty_directory_logs_no_warning(string environment)
    {
        var directory = TestHost.NewDirectory();
        using RecordingLoggerProvider log = new();
        await using (var app = await TestApp.StartAsync(
            kestrel: true, environment: environment, storage: directory, settings: new Dictionary<string, string> { ["Demo:Tickets"] = "20" },
            change: services => services.AddSingleton<ILoggerProvider>(log)))
        {
            using var client = app.Visitor();
            using var page = await client.GetAsync("/Account/Login", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(directory, "keys")));
        Assert.Empty(log.WarningsAndErrors);
        TestHost.DropStorage(directory);
    }
}
