using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>
/// Messages to groups. What is due for one robot goes out as one message, and is told as it is then: what is settled by then is left out. Nobody's
/// name is told, only number, place and kind.
/// </summary>
internal sealed class RobotChannel(
    RobotClient client, IEnumerable<INotificationKind> kinds, IOptions<OfficeOptions> office) : IOutboxChannel
{
    public const string Name = "robot";

    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);

    public string Key => Name;
    public bool IsActive => true;
    public int Parallel => 2;

    public string NewMessageId() => Guid.NewGuid().ToString("N");

    public Task EndRunAsync() => Task.CompletedTask;

    public async Task<ParcelOutcome> SendAsync(LogisticsDb db, Parcel parcel, CancellationToken ct)
    {
        var id = parcel.Messages[0].RobotId;
        if (await db.GroupRobots.AsNoTracking().Living().FirstOrDefaultAsync(r => r.Id == id && r.IsEnabled, ct) is not { } robot)
            return ParcelOutcome.DroppedAll(parcel, OutboxReason.NotWanted);
        Dictionary<long, OutboxReason> dropped = [];
        List<string> lines = [];
        foreach (var message in parcel.Messages)
        {
            if (_kinds.GetValueOrDefault(message.Kind) is not { Event: { } what } kind || !robot.Tells(what)) dropped[message.Id] = OutboxReason.NotWanted;
            else if (await kind.GroupTextAsync(db, message.Subject, ct) is not { } text) dropped[message.Id] = OutboxReason.Settled;
            else lines.Add(LineOf(kind, text, message.Subject, robot));
        }
        var sending = lines.Count == 0 ? null : await client.SendAsync(robot, TextOf(lines, robot), ct);
        return new ParcelOutcome(sending, dropped, new Dictionary<long, DateTimeOffset>());
    }

    private string LineOf(INotificationKind kind, LocalName text, string subject, GroupRobot robot)
    {
        var link = office.Value.Address is { Length: > 0 } address ? $"\n{address.TrimEnd('/')}/{kind.Address(Group, subject)}" : "";
        return In(robot, text).ReplaceLineEndings(" ") + link;
    }

    /// <summary>As many lines as fit; the last one says how many are left out.</summary>
    private static string TextOf(List<string> lines, GroupRobot robot)
    {
        StringBuilder text = new();
        for (var n = 0; n < lines.Count; n++)
        {
            var more = string.Format(System.Globalization.CultureInfo.InvariantCulture, In(robot, More), lines.Count - n);
            var room = RobotClient.TextBytes - Encoding.UTF8.GetByteCount(text.ToString()) - Encoding.UTF8.GetByteCount(more) - 2;
            if (Encoding.UTF8.GetByteCount(lines[n]) > room) return text.Append(more).ToString();
            text.Append(lines[n]).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private static readonly LocalName More = LocalName.Of<OutboxText>("Robot.More");

    /// <summary>Links lead to the office's page of the subject.</summary>
    private static readonly Security.Actor Group = new(null, "", new HashSet<Security.Role> { Security.Role.Dispatcher }, null, null);

    private static string In(GroupRobot robot, LocalName name) => robot.Language == Languages.English && name.En.Length > 0 ? name.En : name.Zh;
}
