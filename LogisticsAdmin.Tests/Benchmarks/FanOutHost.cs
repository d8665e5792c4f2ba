using System.Globalization;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Repairs.Desk.Presence;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// The app as the child process of the fan-out, presence and bulk benchmarks. It reads one command a line from standard input and answers each
/// with one line: <c>report TEXT</c> (an emergency with this description; answers its id and how long the save took in ms), <c>cancel ID</c>,
/// <c>busy RATE</c> (changes that many other tickets each second, 0 for none), <c>numbers</c> (of its tickets, most pressing first),
/// <c>visit NUMBER NAME</c> (somebody of this name opens the ticket), <c>leave</c>; for the bulk benchmark <c>fill N</c> (creates that many tickets
/// more pressing than the others), <c>bulk</c> (assigns those, the most pressing last; answers how long it took, and p50, p95 and maximum of a
/// colleague's single verbs meanwhile, in ms) and <c>undo</c> (answers how long it took); for the news benchmark <c>draft TITLE</c> (an urgent
/// notice for everyone; answers its id), <c>publish ID</c> (answers how long that took, in ms) and <c>withdraw ID</c>; for the kitchen <c>kitchen</c>
/// (answers the address of the page of the meal that is ordered) and <c>order WISH</c> (a paid order of it; the one twenty orders before is handed
/// over). It exits at the end of input.
/// </summary>
internal sealed class FanOutHost(AppWithUsers appWithUsers)
{
    public const string Name = "fanout-host";

    /// <summary>More than fits on a screen, so that every list is full.</summary>
    private const int Tickets = 260;

    /// <summary>Beginning of the descriptions of the bulk benchmark's tickets.</summary>
    private const string Many = "批量派单";

    /// <summary>Prefix of each answer, which distinguishes it from other output of the app.</summary>
    public const string Mark = "> ";

    private CancellationTokenSource _busy = new();
    private Task _working = Task.CompletedTask;
    private List<long> _others = [];
    private ReportForm? _form;
    private readonly Guid _visitor = Guid.NewGuid();
    private readonly KitchenOrders _kitchen = new();

    private PresenceBoard Board => appWithUsers.Services.GetRequiredService<PresenceBoard>();

    public static async Task<int> RunAsync(string[] arguments)
    {
        var app = await TestApp.StartAsync(
            kestrel: true, storage: arguments[0], settings: new Dictionary<string, string> { ["Live:CircuitsPerPerson"] = "100000" });
        await using var appWithUsers = new AppWithUsers(app);
        var host = new FanOutHost(appWithUsers);
        await host.FillAsync();
        Answer(app.Address!);
        await host.ListenAsync();
        return 0;
    }

    private static void Answer(object answer) => Console.WriteLine($"{Mark}{answer}");

    private async Task FillAsync()
    {
        var office = await appWithUsers.AsAsync(TestUsers.Dispatcher);
        for (var i = 0; i < Tickets; i++) await ReportAsync(office, $"走廊灯不亮 {i}", Urgency.Normal);
        _others = await appWithUsers.InDatabaseAsync(db => db.RepairTickets
            .Where(t => t.Status == TicketStatus.New && t.Description.StartsWith("走廊灯不亮"))
            .OrderBy(t => t.Pressing).ThenBy(t => t.Id).Take(40).Select(t => t.Id).ToListAsync());
    }

    private async Task ListenAsync()
    {
        var office = await appWithUsers.AsAsync(TestUsers.Dispatcher);
        var admin = await appWithUsers.AsAsync(TestUsers.Administrator);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var (command, argument) = (line.Split(' ', 2)[0], line.Split(' ', 2)[^1]);
            switch (command)
            {
                case "report":
                    var number = "";
                    var waited = await AppWithUsers.TimeAsync(async () => number = await ReportAsync(office, argument, Urgency.Emergency));
                    Answer(FormattableString.Invariant($"{await appWithUsers.IdAsync(number)} {waited}"));
                    break;
                case "cancel":
                    await office.Repairs.CancelAsync(long.Parse(argument, CultureInfo.InvariantCulture), new NoteForm());
                    Answer("done");
                    break;
                case "busy":
                    await _busy.CancelAsync();
                    await _working;
                    _busy = new CancellationTokenSource();
                    _working = WorkAsync(int.Parse(argument, CultureInfo.InvariantCulture), _busy.Token);
                    Answer("done");
                    break;
                case "numbers":
                    Answer(string.Join(' ', await appWithUsers.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Status == TicketStatus.New)
                        .OrderBy(t => t.Pressing).ThenBy(t => t.Id).Select(t => t.Number).ToListAsync())));
                    break;
                case "visit":
                    var (ticket, name) = (await appWithUsers.IdAsync(argument.Split(' ')[0]), argument.Split(' ')[1]);
                    Board.Open(_visitor, new Actor(-1, name, new HashSet<Role> { Role.Dispatcher }, null, null),
                        new PresenceSubject(new PresenceKey(TicketPresence.Kind, ticket), _ => true));
                    Answer("done");
                    break;
                case "leave":
                    Board.Close(_visitor);
                    Answer("done");
                    break;
                case "fill":
                    for (var i = 0; i < int.Parse(argument, CultureInfo.InvariantCulture); i++) await ReportAsync(office, $"{Many} {i}", Urgency.Urgent);
                    Answer("done");
                    break;
                case "bulk":
                    Answer(await BulkAsync(office));
                    break;
                case "undo":
                    var undone = office.Get<UndoOffers>().Latest!.Value;
                    Answer(FormattableString.Invariant($"{await AppWithUsers.TimeAsync(() => office.Get<UndoService>().UndoAsync(undone))}"));
                    break;
                case "draft":
                    Answer((await admin.DraftNewsAsync(f => (f.Title, f.IsUrgent) = (argument, true))).Id);
                    break;
                case "publish":
                    var draft = long.Parse(argument, CultureInfo.InvariantCulture);
                    var published = await AppWithUsers.TimeAsync(() => admin.Get<NewsService>().ReleaseAsync(draft));
                    Answer(FormattableString.Invariant($"{published}"));
                    break;
                case "withdraw":
                    await admin.Get<NewsService>().WithdrawAsync(long.Parse(argument, CultureInfo.InvariantCulture), "有误");
                    Answer("done");
                    break;
                case "kitchen":
                    Answer(await _kitchen.FindAsync(appWithUsers));
                    break;
                case "order":
                    var ordered = await AppWithUsers.TimeAsync(() => _kitchen.OrderAsync(appWithUsers, argument));
                    Answer(FormattableString.Invariant($"{ordered}"));
                    break;
                default:
                    Answer($"unknown: {line}");
                    break;
            }
        }
    }

    private async Task<string> BulkAsync(Desk office)
    {
        var worker = await appWithUsers.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == TestUsers.Technician));
        var tickets = await appWithUsers.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets.Where(t => t.Description.StartsWith(Many)))
            .OrderByDescending(r => r.Pressing).ThenByDescending(r => r.Id).ToListAsync());
        var request = new BulkRequest(
            TicketAction.Assign(new AssignForm { CrewId = worker.CrewId, TechnicianId = worker.Id }), [.. tickets.Select(BulkTicket.Of)]);
        var colleague = await appWithUsers.AsAsync(TestUsers.Manager);
        List<double> singles = [];
        var done = false;
        var meanwhile = Task.Run(async () =>
        {
            for (var i = 0; !Volatile.Read(ref done); i++)
            {
                var urgency = i / _others.Count % 2 == 0 ? Urgency.Major : Urgency.Normal;
                singles.Add(await AppWithUsers.TimeAsync(() => colleague.Repairs.ChangeUrgencyAsync(_others[i % _others.Count], urgency)));
                await Task.Delay(20);
            }
        });
        var took = await AppWithUsers.TimeAsync(() => office.Get<RepairBulk>().RunAsync(request));
        Volatile.Write(ref done, true);
        await meanwhile;
        var waits = Percentiles.Of(singles);
        return FormattableString.Invariant($"{took} {waits.P50} {waits.P95} {waits.Max}");
    }

    private async Task WorkAsync(int rate, CancellationToken ct)
    {
        if (rate == 0) return;
        var office = await appWithUsers.AsAsync(TestUsers.Manager);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(ct); i++)
            {
                var urgency = i / _others.Count % 2 == 0 ? Urgency.Major : Urgency.Normal;
                await office.Repairs.ChangeUrgencyAsync(_others[i % _others.Count], urgency, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task<string> ReportAsync(Desk office, string text, Urgency urgency)
    {
        var form = _form ??= await appWithUsers.FormAsync();
        (form.Description, form.Urgency) = (text, urgency);
        return await office.Intake.SubmitAsync(form);
    }
}
