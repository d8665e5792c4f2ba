using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

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

    private static readonly LocalName OfTickets = LocalName.Of<WorkText>("Message.Group"), Progressed = LocalName.Of<WorkText>("Message.StateChanged");

    private readonly IStandIns _standIns;
    private readonly LocalName _pattern;

    private RepairNotificationKind(RepairNotification kind, string icon, IReadOnlyList<Role> recipients, IStandIns standIns)
    {
        (Id, Icon, Recipients, _standIns) = ((int)kind, icon, recipients, standIns);
        _pattern = LocalName.Of<WorkText>($"{nameof(RepairNotification)}.{kind}");
        Label = kind == RepairNotification.StateChanged ? Progressed : _pattern;
    }

    public int Id { get; }
    public string Icon { get; }
    public IReadOnlyList<Role> Recipients { get; }
    public bool IsUrgent { get; private init; }
    public LocalName Label { get; }
    public LocalName? Group => OfTickets;

    public GroupEvent? Event => (RepairNotification)Id switch
    {
        RepairNotification.EmergencyReported => GroupEvent.Emergency,
        RepairNotification.BecameOverdue => GroupEvent.Overdue,
        _ => null,
    };

    public LocalName TextFor(string? argument)
    {
        var detail = MessageDetail.Of(argument);
        var text = Fill(_pattern, States.GetValueOrDefault(detail.State ?? "") ?? new LocalName(detail.State ?? "", detail.State ?? ""));
        return detail.For is { } absent ? Fill(ForAbsent, text, absent) : detail.StandIn is { } standIn ? Fill(ToStandIn, text, standIn) : text;
    }

    private static LocalName Fill(LocalName pattern, LocalName text, string? name = null) => new(
        string.Format(CultureInfo.InvariantCulture, pattern.Zh, text.Zh, name), string.Format(CultureInfo.InvariantCulture, pattern.En, text.En, name));

    public string Address(Actor reader, string subject) =>
        (reader.IsOffice ? "repairs/" : reader.Is(Role.Technician) ? "jobs/" : "my/repairs/") + subject;

    /// <summary>The office sees every ticket; others those that they may see now, as a stand-in, too.</summary>
    public async Task<bool> MaySeeAsync(LogisticsDb db, Actor reader, string subject, CancellationToken ct)
    {
        if (reader.IsOffice) return true;
        var actor = await _standIns.ActingAsync(db, reader, ct);
        return await db.RepairTickets.AsNoTracking().VisibleTo(actor).AnyAsync(t => t.Number == subject, ct);
    }

    /// <summary>Number, place and kind of the fault; null once it is no emergency, or not overdue, any more.</summary>
    public async Task<LocalName?> GroupTextAsync(LogisticsDb db, string subject, CancellationToken ct)
    {
        var (rooms, categories) = (db.Rooms, db.Categories);
        var found = await (
            from ticket in db.RepairTickets.AsNoTracking()
            where ticket.Number == subject && ticket.EndedAt == null
            join room in rooms on ticket.RoomId equals room.Id
            join category in categories on ticket.CategoryId equals category.Id
            select new
            {
                ticket.Urgency,
                ticket.IsOverdue,
                Building = new LocalName(room.Building.Name, room.Building.NameEn),
                Room = new LocalName(room.Name, room.NameEn),
                Category = new LocalName(category.Name, category.NameEn),
            }).FirstOrDefaultAsync(ct);
        if (found is null || (Event == GroupEvent.Emergency ? found.Urgency != Urgency.Emergency : !found.IsOverdue)) return null;
        return new LocalName(
            $"【{OfTickets.Zh}】{Label.Zh}：{subject} {found.Building.Zh} {found.Room.Zh} {found.Category.Zh}",
            $"[{OfTickets.En}] {Label.En}: {subject} {English(found.Building)} {English(found.Room)} {English(found.Category)}");

        static string English(LocalName name) => name.En.Length > 0 ? name.En : name.Zh;
    }

    public static RepairNotificationKind Of(RepairNotification kind, IStandIns standIns) => kind switch
    {
        RepairNotification.Assigned => new(kind, Wrench, [Role.Technician], standIns),
        RepairNotification.Nudged => new(kind, Megaphone, RoleGroups.Staff, standIns),
        RepairNotification.BecameOverdue or RepairNotification.DueSoon => new(kind, Clock, RoleGroups.Staff, standIns),
        RepairNotification.Escalated => new(kind, Clock, RoleGroups.Staff, standIns) { IsUrgent = true },
        RepairNotification.StateChanged => new(kind, Progress, Everybody, standIns),
        RepairNotification.Replied => new(kind, Speech, Everybody, standIns),
        RepairNotification.Declined => new(kind, Return, RoleGroups.Office, standIns),
        RepairNotification.Reworked => new(kind, Return, RoleGroups.Staff, standIns),
        RepairNotification.ExtensionAsked => new(kind, Clock, [Role.Manager], standIns),
        RepairNotification.ExtensionDecided => new(kind, Clock, Everybody, standIns),
        RepairNotification.TakenAway => new(kind, Progress, [Role.Technician], standIns),
        RepairNotification.MadeUrgent => new(kind, Megaphone, [Role.Technician], standIns) { IsUrgent = true },
        RepairNotification.EmergencyReported => new(kind, Megaphone, [Role.Dispatcher], standIns) { IsUrgent = true },
        RepairNotification.HandedOver => new(kind, Return, RoleGroups.Office, standIns),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
