namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Entry of <c>-- bench [name]</c>: runs the named benchmarks, or all, and prints each as a table. A part of the benchmark of news is run by its
/// own name, such as <c>news-read</c>, and so are hundreds of kills among payments: <c>soak</c>.
/// </summary>
internal static class Bench
{
    /// <summary>The last column of each table is the target. Run in Release on an idle machine.</summary>
    private static readonly Dictionary<string, (string What, Func<Task> RunAsync)> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["verbs"] = ("verbs on tickets, with event and feed, 1 and 10 writers", VerbsBench.RunAsync),
        ["triage"] = ("triage windows, counts and search among 100,000 tickets, to the same SQL without EF Core", TriageBench.RunAsync),
        ["desk"] = ("a filter or view of the desk in a real browser, from choosing it to painted rows, with the frames of the WebSocket", DeskBench.RunAsync),
        ["redate"] = ("a change of the calendar while 100,000 tickets are open, and what verbs wait meanwhile", RedateBench.RunAsync),
        ["start"] = ("from starting the process to the first page, existing database", StartBench.RunAsync),
        ["export"] = ("100,000 rows to .xlsx and .csv, by themselves and read from the database, beside the bare bytes", ExportBench.RunAsync),
        ["import"] = ("50,000 people from a workbook: dry run, commit, again, undo; the directory's search among them", ImportBench.RunAsync),
        ["fanout"] = ("one change until every open triage page shows it; 50, 200, 500 pages", FanOutBench.RunAsync),
        ["presence"] = ("open sheets when nothing happens, and one newcomer's face until every open page shows it; 500 pages", PresenceBench.RunAsync),
        ["guesses"] = ("somebody else's page while thirty visitors guess passwords", GuessesBench.RunAsync),
        ["pictures"] = ("a small picture while another person sends 40 large ones at a time", PicturesBench.RunAsync),
        ["places"] = ("tree, grid and list of rooms: 60 buildings, 20,000 rooms, 40,000 residents", PlacesBench.RunAsync),
        ["report"] = ("the monthly report: figures of a month, PDF and workbook, ten exports at once", ReportBench.RunAsync),
        ["report-fanout"] = ("one change until 200 open triage pages show it, while ten exports of the report are made at once", ReportBench.RunFanOutAsync),
        ["dashboard"] = ("one change with 0, 1 and 50 open dashboards, among 100,000 tickets", DashboardBench.RunAsync),
        ["news"] = ("a notice to 50,000 people; lists, items and search of readers; a publication until every open page and stream has it", NewsBench.RunAsync),
        ["fees"] = ("a billing run of 20,000 rooms, the preview of a new price, payments, statements and the residents' page", FeesBench.RunAsync),
        ["portal"] = ("the residents' pages: home, menu, an order, a complaint; what a signed-in resident without an open page costs", PortalBench.RunAsync),
        ["orders"] = ("300 people for 100 portions at once; an order until 20 open kitchens show it, ten orders a second", OrdersBench.RunAsync),
        ["bedrush"] = ("2,000 students choose 2,000 beds at once over HTTP: page, hold and confirmation; each bed has one student", BedRushBench.RunAsync),
        ["mail"] = ("10,000 mails through a mail server on this machine, and what messages cost while mail is off and on", MailBench.RunAsync),
        ["bulk"] = ("a thousand tickets assigned at once until 50 open triage pages show the last; what others wait meanwhile", BulkBench.RunAsync),
    };

    public static async Task<int> RunAsync(string[] names)
    {
        // The test host looks for the app's files in the program's directory.
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        if (names is [FanOutHost.Name, .. var arguments]) return await FanOutHost.RunAsync(arguments);
        if (names is [var part] && NewsBench.Parts.TryGetValue(part, out var runAsync))
        {
            await runAsync();
            return 0;
        }
        if (names is [SoakBench.Name])
        {
            await SoakBench.RunAsync();
            return 0;
        }
        if (names.FirstOrDefault(name => !All.ContainsKey(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown benchmark: {unknown}. There are:");
            foreach (var (name, (what, _)) in All) await Console.Error.WriteLineAsync($"  {name,-8} {what}");
            return 2;
        }
#if DEBUG
        Console.WriteLine("This is a Debug build; figures that count come from: dotnet run -c Release --project LogisticsAdmin.Tests -- bench");
#endif
        foreach (var name in names.Length > 0 ? names : [.. All.Keys])
        {
            Console.WriteLine($"\n## {name}: {All[name].What}\n");
            await All[name].RunAsync();
        }
        return 0;
    }
}
