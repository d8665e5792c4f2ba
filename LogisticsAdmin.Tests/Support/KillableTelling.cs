using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Writing;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>tell-until-killed DIR</c>: publishes one notice after the other to everybody and prints each acknowledged publication.</summary>
internal static class KillableTelling
{
    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var delivery = host.AsSystem().Get<NewsDelivery>();
        while (true)
        {
            var draft = await admin.DraftNewsAsync();
            await admin.Get<NewsService>().ReleaseAsync(draft.Id);
            Console.WriteLine(Published(draft.Number));
            await delivery.TellAsync();
        }
    }

    /// <summary>The line for an acknowledged publication; a line that was cut off by the kill differs from it.</summary>
    public static string Published(string number) => number + ";";
}
