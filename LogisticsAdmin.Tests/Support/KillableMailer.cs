using System.Globalization;
using LogisticsAdmin.Tests.Outbox;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>mail-until-killed DIR PORT</c>: sends what is due to the mail server of the test, until it is killed.</summary>
internal static class KillableMailer
{
    public static async Task<int> RunAsync(string directory, string port)
    {
        await using var host = await TestHost.StartAsync(
            directory, Mailing.To(int.Parse(port, CultureInfo.InvariantCulture), o => (o.Timeout, o.Connections) = (TimeSpan.FromMinutes(5), 2)));
        await host.Runner.RunAsync(CancellationToken.None);
        return 0;
    }
}
