using System.Diagnostics;
using System.Globalization;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary><c>demo --tickets N --months M --seed S</c>: the same arguments give the same tickets within an hour, or always with <c>--until</c>.</summary>
internal sealed class DemoCommand(
    DemoTickets demo, OfficeTime office, IHostEnvironment environment, RefusalText refusals,
    IStringLocalizer<DemoText> words) : IConsoleCommand
{
    private static readonly DateOnly Earliest = new(1970, 1, 1);

    public string Name => "demo";
    public string Usage =>
        "--tickets N --months M --seed S [--until yyyy-MM-dd] [--force] "
        + "— invents tickets with their history, until this hour or that day's end / 生成演示工单";
    public bool NeedsStorageAlone => true;

    public bool AcceptsArguments(string[] args)
    {
        if (Read(args) is not { } wanted) return false;
        if (!environment.IsDevelopment() && !wanted.Force) throw new StartupProblem(words["Demo.NotHere"]);
        return true;
    }

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var (tickets, months, seed, until, _) = Read(args)!;
        try
        {
            var watch = Stopwatch.StartNew();
            var report = await demo.GenerateAsync(tickets, months, seed, until, ct);
            await output.WriteLineAsync(words["Demo.Done", report.Tickets, report.Events, report.Open,
                office.Local(until).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), seed,
                watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)]);
            return 0;
        }
        catch (Refusal refusal)
        {
            await output.WriteLineAsync(refusals.Of(refusal));
            return 1;
        }
    }

    private DemoArguments? Read(string[] args)
    {
        var (tickets, months, seed, force) = (2000, 3, 7, false);
        var now = office.Now;
        var until = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var known = args[i] switch
            {
                "--tickets" => Number(value, 1, 2_000_000, out tickets),
                "--months" => Number(value, 1, 240, out months),
                "--seed" => Number(value, int.MinValue, int.MaxValue, out seed),
                "--until" => Day(value, ref until),
                "--force" => force = true,
                _ => false,
            };
            if (!known) return null;
            if (args[i] != "--force") i++;
        }
        return new DemoArguments(tickets, months, seed, until, force);
    }

    private static bool Number(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    private bool Day(string text, ref DateTimeOffset until)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
        if (day < Earliest || day >= office.Today) return false;
        until = office.At(day.AddDays(1), TimeOnly.MinValue);
        return true;
    }

    private sealed record DemoArguments(int Tickets, int Months, int Seed, DateTimeOffset Until, bool Force);
}
