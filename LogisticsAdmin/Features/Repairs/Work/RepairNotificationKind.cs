using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>A kind of message about a ticket: the subject is the ticket's number, the argument a <see cref="MessageDetail"/>.</summary>
internal sealed class RepairNotificationKind : INotificationKind
{
    private const string Wrench = "M15 5a4.5 4.5 0 0 0-4.5 6L4 17.5 6.5 20l6.5-6.5a4.5 4.5 0 0 0 6-4.5L16 11l-3-3z";
    private const string Megaphone = "M4 10v4l11 4V6zM15 9a3 3 0 0 1 0 6M7 15v4h3v-3";
    private const string Clock = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2";
    private const string Progress = "M4 12h14M13 7l5 5-5 5";
    private const string Speech = "M4 5h16v11H10l-4 4v-4H4z";
    private const string Return = "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v1";

    private static readonly Role[] Everybody = Enum.GetValues<Role>();

    private static readonly Dictionary<string, LocalName> States =
        Enum.GetNames<TicketStatus>().ToDictionary(s => s, s => LocalName.Of<TicketsText>($"{nameof(TicketStatus)}.{s}"));

    private static readonly LocalName ForAbsent = LocalName.Of<WorkText>("Message.ForAbsent"), ToStandIn = LocalName.Of<WorkText>("Message.ToStandIn");

    private readonly LocalName _label;

    private RepairNotificationKind(RepairNotification kind, string icon, IReadOnlyList<Role> recipients)
    {
        (Id, Icon, Recipients) = ((int)kind, icon, recipients);
        _label = LocalName.Of<WorkText>($"{nameof(RepairNotification)}.{kind}");
    }

    public int Id { get; }
    public string Icon { get; }
    public IReadOnlyList<Role> Recipients { get; }
    public bool IsUrgent { get; private init; }

    public static IEnumerable<RepairNotificationKind> All() => Enum.GetValues<RepairNotification>().Select(Of);

    public LocalName TextFor(string? argument)
    {
        var detail = MessageDetail.Of(argument);
        var text = Fill(_label, States.GetValueOrDefault(detail.State ?? "") ?? new LocalName(detail.State ?? "", detail.State ?? ""));
        return detail.For is { } absent ? Fill(ForAbsent, text, absent) : detail.StandIn is { } standIn ? Fill(ToStandIn, text, standIn) : text;
    }

    private static LocalName Fill(LocalName pattern, LocalName text, string? name = null) => new(
        string.Format(CultureInfo.InvariantCulture, pattern.Zh, text.Zh, name), string.Format(CultureInfo.InvariantCulture, pattern.En, text.En, name));

    public string Address(Actor reader, string subject) =>
        (reader.IsOffice ? "repairs/" : reader.Is(Role.Technician) ? "jobs/" : "my/repairs/") + subject;

    private static RepairNotificationKind Of(RepairNotification kind) => kind switch
    {
        RepairNotification.Assigned => new(kind, Wrench, [Role.Technician]),
        RepairNotification.Nudged => new(kind, Megaphone, RoleGroups.Staff),
        RepairNotification.BecameOverdue or RepairNotification.DueSoon => new(kind, Clock, RoleGroups.Staff),
        RepairNotification.Escalated => new(kind, Clock, RoleGroups.Staff) { IsUrgent = true },
        RepairNotification.StateChanged => new(kind, Progress, Everybody),
        RepairNotification.Replied => new(kind, Speech, Everybody),
        RepairNotification.Declined => new(kind, Return, RoleGroups.Office),
        RepairNotification.Reworked => new(kind, Return, RoleGroups.Staff),
        RepairNotification.ExtensionAsked => new(kind, Clock, [Role.Manager]),
        RepairNotification.ExtensionDecided => new(kind, Clock, Everybody),
        RepairNotification.TakenAway => new(kind, Progress, [Role.Technician]),
        RepairNotification.MadeUrgent => new(kind, Megaphone, [Role.Technician]) { IsUrgent = true },
        RepairNotification.EmergencyReported => new(kind, Megaphone, [Role.Dispatcher]) { IsUrgent = true },
        RepairNotification.HandedOver => new(kind, Return, RoleGroups.Office),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
