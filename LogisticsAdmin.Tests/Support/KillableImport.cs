using System.Globalization;
using System.Text;
using LogisticsAdmin.Features.Imports;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Entry of <c>import-until-killed DIR</c>: commits one large batch of people and prints how far it is.</summary>
internal static class KillableImport
{
    public const int People = 20_000;
    private const int Step = 500;

    public static string File { get; } = "学号,姓名,手机号\n" + string.Join('\n', Enumerable.Range(0, People)
        .Select(n => string.Create(CultureInfo.InvariantCulture, $"88{n:D6},学生{n},138{n:D8}")));

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        var imports = (await host.AsAsync(TestUsers.Administrator)).Get<ImportService>();
        await using var session = await imports.OpenAsync("people", "people.csv", new MemoryStream(Encoding.UTF8.GetBytes(File)));
        await imports.CheckAsync(session);
        await imports.CommitAsync(session, goodRowsOnly: false, done =>
        {
            if (done % Step == 0) Console.WriteLine(done);
        });
        Console.WriteLine("done");
        return 0;
    }
}
