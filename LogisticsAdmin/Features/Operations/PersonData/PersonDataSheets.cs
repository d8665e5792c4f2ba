using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Voice;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Operations.PersonData;

/// <summary>
/// What the app stores about a person, kind by kind, in the reader's language. Hashes and keys are not read, and neither are other people's
/// values: what the person changed of others is listed without them.
/// </summary>
public sealed partial class PersonDataSheets(
    IEnumerable<INotificationKind> kinds, IStringLocalizer<PersonDataText> words, IStringLocalizer<TicketsText> tickets,
    IStringLocalizer<PeopleText> people, IStringLocalizer<CrewsText> crews, IStringLocalizer<OutboxText> mail, IStringLocalizer<OrdersText> orders,
    IStringLocalizer<VoiceText> voice, IStringLocalizer<SeasonsText> seasons, IStringLocalizer<RoomChangesText> roomChanges)
{
    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);
    private readonly List<int> _private = [.. kinds.Where(k => k.IsPrivate).Select(k => k.Id)];

    /// <summary>Messages of private kinds and anonymous complaints are for the person alone: <paramref name="isOwn"/>.</summary>
    public IEnumerable<PersonDataSheet> Of(LogisticsDb db, long id, bool seesInternal, bool isOwn) =>
    [
        Sheet("person", Person(db, id), ("Field", ColumnFormat.Text), ("Value", ColumnFormat.Text)),
        Sheet("changes", Changes(db, id), ("At", ColumnFormat.Moment), ("Field", ColumnFormat.Text), ("Old", ColumnFormat.Text), ("New", ColumnFormat.Text)),
        Sheet("stays", Stays(db, id), ("Building", ColumnFormat.Text), ("Room", ColumnFormat.Text), ("Bed", ColumnFormat.Text),
            ("From", ColumnFormat.Day), ("Until", ColumnFormat.Day)),
        Sheet("sign-ins", SignIns(db, id), ("At", ColumnFormat.Moment), ("Method", ColumnFormat.Text), ("Outcome", ColumnFormat.Text),
            ("Address", ColumnFormat.Text), ("Device", ColumnFormat.Text)),
        Sheet("sessions", Sessions(db, id), ("At", ColumnFormat.Moment), ("LastSeen", ColumnFormat.Moment), ("Method", ColumnFormat.Text),
            ("Address", ColumnFormat.Text), ("Device", ColumnFormat.Text)),
        Sheet("passkeys", Passkeys(db, id), ("At", ColumnFormat.Moment), ("Name", ColumnFormat.Text)),
        Sheet("tickets", Tickets(db, id), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Status", ColumnFormat.Text),
            ("Place", ColumnFormat.Text), ("Text", ColumnFormat.Text), ("Phone", ColumnFormat.Text), ("Name", ColumnFormat.Text),
            ("Stars", ColumnFormat.Whole), ("Rating", ColumnFormat.Text)),
        Sheet("comments", Comments(db, id, seesInternal), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Act", ColumnFormat.Text),
            ("Text", ColumnFormat.Text)),
        Sheet("jobs", Jobs(db, id), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Status", ColumnFormat.Text),
            ("Place", ColumnFormat.Text), ("Completed", ColumnFormat.Moment)),
        Sheet("costs", Costs(db, id), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Part", ColumnFormat.Text),
            ("Quantity", ColumnFormat.Amount), ("Minutes", ColumnFormat.Whole), ("Amount", ColumnFormat.Amount), ("Withdrawn", ColumnFormat.Moment)),
        Sheet("absences", Absences(db, id), ("From", ColumnFormat.Day), ("Until", ColumnFormat.Day), ("Reason", ColumnFormat.Text),
            ("Text", ColumnFormat.Text)),
        Sheet("messages", Messages(db, id, isOwn), ("At", ColumnFormat.Moment), ("Text", ColumnFormat.Text), ("Number", ColumnFormat.Text),
            ("About", ColumnFormat.Text), ("Read", ColumnFormat.Moment)),
        Sheet("mails", Mails(db, id, isOwn), ("At", ColumnFormat.Moment), ("Text", ColumnFormat.Text), ("Number", ColumnFormat.Text),
            ("About", ColumnFormat.Text), ("Sent", ColumnFormat.Moment), ("State", ColumnFormat.Text)),
        Sheet("mail-choices", MailChoices(db, id), ("Kind", ColumnFormat.Text), ("Value", ColumnFormat.Text)),
        Sheet("news", News(db, id), ("Number", ColumnFormat.Text), ("About", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Read", ColumnFormat.Moment),
            ("Confirmed", ColumnFormat.Moment), ("Reminded", ColumnFormat.Moment)),
        Sheet("orders", Orders(db, id), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("State", ColumnFormat.Text),
            ("About", ColumnFormat.Text), ("Amount", ColumnFormat.Amount), ("Text", ColumnFormat.Text)),
        Sheet("cases", Cases(db, id, isOwn), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Kind", ColumnFormat.Text),
            ("State", ColumnFormat.Text), ("Place", ColumnFormat.Text), ("Text", ColumnFormat.Text)),
        Sheet("check-in", CheckIns(db, id), ("Season", ColumnFormat.Text), ("Place", ColumnFormat.Text), ("ChosenAt", ColumnFormat.Moment),
            ("DataConfirmed", ColumnFormat.Moment), ("Remark", ColumnFormat.Text), ("Wishes", ColumnFormat.Text), ("Amount", ColumnFormat.Amount),
            ("Paid", ColumnFormat.Moment), ("Deferred", ColumnFormat.Moment), ("DeferReason", ColumnFormat.Text), ("Essentials", ColumnFormat.Moment),
            ("Papers", ColumnFormat.Moment), ("DeskTime", ColumnFormat.Text), ("CheckedIn", ColumnFormat.Moment), ("CheckedInBecause", ColumnFormat.Text),
            ("NotComing", ColumnFormat.Moment), ("NotComingBecause", ColumnFormat.Text)),
        Sheet("keys", Keys(db, id), ("Building", ColumnFormat.Text), ("Room", ColumnFormat.Text), ("Name", ColumnFormat.Text),
            ("Handed", ColumnFormat.Moment), ("Returned", ColumnFormat.Moment)),
        Sheet("leaving", Leaving(db, id), ("Round", ColumnFormat.Text), ("Place", ColumnFormat.Text), ("Inspected", ColumnFormat.Moment),
            ("InspectedRoom", ColumnFormat.Text), ("Damage", ColumnFormat.Text), ("Amount", ColumnFormat.Amount), ("Paid", ColumnFormat.Moment),
            ("CheckedOut", ColumnFormat.Moment)),
        Sheet("room-changes", RoomChanges(db, id), ("Number", ColumnFormat.Text), ("At", ColumnFormat.Moment), ("Act", ColumnFormat.Text),
            ("State", ColumnFormat.Text), ("Place", ColumnFormat.Text), ("Text", ColumnFormat.Text), ("Answer", ColumnFormat.Text),
            ("Reason", ColumnFormat.Text), ("Ended", ColumnFormat.Moment)),
        Sheet("acts", Acts(db, id), ("At", ColumnFormat.Moment), ("Thing", ColumnFormat.Text), ("ThingId", ColumnFormat.Whole), ("Field", ColumnFormat.Text)),
        Sheet("imports", Imports(db, id), ("At", ColumnFormat.Moment), ("Kind", ColumnFormat.Text), ("File", ColumnFormat.Text),
            ("Rows", ColumnFormat.Whole)),
    ];

    /// <summary>The photos that the person added to tickets, with names for files.</summary>
    public async Task<IReadOnlyList<(string Name, Guid Key)>> PhotosAsync(LogisticsDb db, long id, bool seesInternal, CancellationToken ct)
    {
        var photos = await (
            from p in db.RepairPhotos
            where p.UploadedById == id && (seesInternal || !p.Internal)
            join t in db.RepairTickets on p.TicketId equals t.Id
            orderby p.Id
            select new { t.Number, p.Id, p.Key }).ToListAsync(ct);
        return [.. photos.Select(p => ($"{p.Number}-{p.Id}", p.Key))];
    }

    private PersonDataSheet Sheet(string file, IAsyncEnumerable<object?[]> rows, params (string Title, ColumnFormat Format)[] columns) => new(
        file, words[$"Sheet.{file}"], [.. columns.Select((c, i) => new ExportColumn<object?[]>(words[$"Column.{c.Title}"], row => row[i], c.Format))], rows);

    private async IAsyncEnumerable<object?[]> Person(LogisticsDb db, long id)
    {
        var p = await db.Users.AsNoTracking().FirstAsync(u => u.Id == id);
        var roles = await db.UserRoles.Where(r => r.UserId == id).Select(r => (Role)r.RoleId).ToListAsync();
        (string Field, string? Value)[] values =
        [
            ("FullName", p.FullName), ("UserName", p.UserName), ("Number", p.Number), ("Phone", p.PhoneNumber), ("Email", p.Email),
            ("Gender", people[$"Gender.{p.Gender}"]), ("College", p.College), ("Major", p.Major), ("ClassName", p.ClassName),
            ("Grade", p.Grade?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Roles", string.Join(people["ListSeparator"], roles.Order().Select(r => people[$"Role.{r}"].Value))),
        ];
        foreach (var (field, value) in values) yield return [people[$"Field.{field}"].Value, value];
        yield return [people["State"].Value, people[$"PersonStatus.{p.Status}"].Value];
    }

    private static IAsyncEnumerable<object?[]> Changes(LogisticsDb db, long id) => Rows(
        db.Audit.Where(a => a.Entity == nameof(Security.Person) && a.EntityId == id).OrderBy(a => a.Id).Select(a => new { a.At, a.Field, a.Old, a.New }),
        a => [a.At, a.Field, a.Old, a.New]);

    private static IAsyncEnumerable<object?[]> Stays(LogisticsDb db, long id) => Rows(
        from stay in db.Occupancies
        where stay.PersonId == id
        join room in db.Rooms on stay.RoomId equals room.Id
        join building in db.Buildings on room.BuildingId equals building.Id
        join b in db.Beds on stay.BedId equals b.Id into beds
        from bed in beds.DefaultIfEmpty()
        orderby stay.Id
        select new { Building = new LocalName(building.Name, building.NameEn), Room = new LocalName(room.Name, room.NameEn), bed.Code, stay.From, stay.Until },
        s => [s.Building, s.Room, s.Code, s.From, s.Until]);

    private IAsyncEnumerable<object?[]> SignIns(LogisticsDb db, long id) => Rows(
        db.Set<SignInRecord>().Where(s => s.PersonId == id).OrderBy(s => s.Id).Select(s => new { s.At, s.Method, s.Succeeded, s.Address, s.Device }),
        s => [s.At, people[$"SignInMethod.{s.Method}"].Value, people[s.Succeeded ? "Succeeded" : "Failed"].Value, s.Address, s.Device]);

    private IAsyncEnumerable<object?[]> Sessions(LogisticsDb db, long id) => Rows(
        db.Set<Session>().Where(s => s.PersonId == id).OrderBy(s => s.StartedAt)
            .Select(s => new { s.StartedAt, s.LastSeenAt, s.Method, s.Address, s.Device }),
        s => [s.StartedAt, s.LastSeenAt, people[$"SignInMethod.{s.Method}"].Value, s.Address, s.Device]);

    private static IAsyncEnumerable<object?[]> Passkeys(LogisticsDb db, long id) => Rows(
        db.UserPasskeys.Where(k => k.UserId == id).Select(k => new { k.Data.CreatedAt, k.Data.Name }), k => [k.CreatedAt, k.Name]);

    private IAsyncEnumerable<object?[]> Tickets(LogisticsDb db, long id) => Rows(
        db.RepairTickets.IgnoreAutoIncludes().Where(t => t.ReporterId == id).OrderBy(t => t.Id).Select(t => new
        {
            t.Number,
            t.SubmittedAt,
            t.Status,
            t.PlaceWords,
            t.Description,
            t.ContactPhone,
            t.ContactName,
            t.Stars,
            t.RatingWords,
        }),
        t => [t.Number, t.SubmittedAt, tickets[$"TicketStatus.{t.Status}"].Value, t.PlaceWords, t.Description, t.ContactPhone, t.ContactName, t.Stars,
            t.RatingWords]);

    private IAsyncEnumerable<object?[]> Comments(LogisticsDb db, long id, bool seesInternal) => Rows(
        from e in db.RepairEvents
        where e.ActorId == id && (seesInternal || !e.Internal)
        join t in db.RepairTickets on e.TicketId equals t.Id
        orderby e.Id
        select new { t.Number, e.At, e.Verb, e.Note },
        e => [e.Number, e.At, tickets[$"RepairVerb.{e.Verb}"].Value, e.Note]);

    private IAsyncEnumerable<object?[]> Jobs(LogisticsDb db, long id) => Rows(
        db.RepairTickets.Where(t => t.TechnicianId == id).OrderBy(t => t.Id)
            .Select(t => new { t.Number, t.SubmittedAt, t.Status, t.PlaceWords, t.CompletedAt }),
        t => [t.Number, t.SubmittedAt, tickets[$"TicketStatus.{t.Status}"].Value, t.PlaceWords, t.CompletedAt]);

    private static IAsyncEnumerable<object?[]> Costs(LogisticsDb db, long id) => Rows(
        from u in db.RepairUses
        where u.PersonId == id || u.RecordedById == id
        join t in db.RepairTickets on u.TicketId equals t.Id
        join p in db.Parts on u.PartId equals p.Id into parts
        from part in parts.DefaultIfEmpty()
        orderby u.Id
        select new
        {
            t.Number,
            u.At,
            Part = part == null ? null : new LocalName(part.Name, part.NameEn),
            u.Quantity,
            u.Minutes,
            u.AmountFen,
            u.WithdrawnAt,
        },
        u => [u.Number, u.At, u.Part, u.Quantity, u.Minutes, new Money(u.AmountFen), u.WithdrawnAt]);

    private IAsyncEnumerable<object?[]> Orders(LogisticsDb db, long id) => Rows(
        db.PlacedOrders.Where(o => o.PersonId == id).OrderBy(o => o.Id).Select(o => new
        {
            o.Number,
            o.CreatedAt,
            o.State,
            Lines = o.Lines.OrderBy(l => l.Id).Select(l => new { Name = new LocalName(l.Name, l.NameEn), l.Quantity }).ToList(),
            o.TotalFen,
            o.Wish,
        }),
        o => [o.Number, o.CreatedAt, orders[$"PlacedOrderState.{o.State}"].Value,
            string.Join(people["ListSeparator"], o.Lines.Select(l => $"{l.Name} ×{l.Quantity}")), new Money(o.TotalFen), o.Wish]);

    /// <summary>Nobody else is told that an anonymous case is the person's.</summary>
    private IAsyncEnumerable<object?[]> Cases(LogisticsDb db, long id, bool isOwn) => Rows(
        from r in db.VoiceReporters
        where r.PersonId == id
        join c in db.VoiceCases on r.CaseId equals c.Id
        where isOwn || !c.IsAnonymous
        orderby c.Id
        select new { c.Number, c.SubmittedAt, c.Kind, c.State, c.PlaceWords, c.Text },
        c => [c.Number, c.SubmittedAt, voice[$"VoiceKind.{c.Kind}"].Value, voice[$"VoiceState.{c.State}"].Value, c.PlaceWords, c.Text]);

    private IAsyncEnumerable<object?[]> Absences(LogisticsDb db, long id) => Rows(
        db.Absences.Where(a => a.PersonId == id).OrderBy(a => a.From).Select(a => new { a.From, a.To, a.Reason, a.Note }),
        a => [a.From, a.To, crews[$"AbsenceReason.{a.Reason}"].Value, a.Note]);

    private IAsyncEnumerable<object?[]> Messages(LogisticsDb db, long id, bool isOwn) => Rows(
        db.Inbox.Where(i => i.PersonId == id && (isOwn || !_private.Contains(i.Kind))).OrderBy(i => i.Id)
            .Select(i => new { i.At, i.Kind, i.Detail, i.Subject, i.About, i.ReadAt }),
        i => [i.At, _kinds.GetValueOrDefault(i.Kind)?.TextFor(i.Detail), i.Subject, i.About, i.ReadAt]);

    private IAsyncEnumerable<object?[]> Mails(LogisticsDb db, long id, bool isOwn) => Rows(
        db.Outbox.Where(m => m.PersonId == id && (isOwn || !_private.Contains(m.Kind))).OrderBy(m => m.Id)
            .Select(m => new { m.At, m.Kind, m.Detail, m.Subject, m.About, m.EndedAt, m.State }),
        m => [m.At, _kinds.GetValueOrDefault(m.Kind)?.TextFor(m.Detail), m.Subject, m.About, m.State == OutboxState.Sent ? m.EndedAt : null,
            words[$"OutboxState.{m.State}"].Value]);

    private IAsyncEnumerable<object?[]> MailChoices(LogisticsDb db, long id) => Rows(
        db.MailPreferences.Where(p => p.PersonId == id).OrderBy(p => p.Kind).Select(p => new { p.Kind, p.Mode }),
        p => [_kinds.GetValueOrDefault(p.Kind)?.Label, mail[$"MailMode.{p.Mode}"].Value]);

    /// <summary>Titles of withdrawn notices are left out: the person can't read them any more.</summary>
    private static IAsyncEnumerable<object?[]> News(LogisticsDb db, long id) => Rows(
        from r in db.NewsRecipients
        where r.PersonId == id
        join item in db.NewsItems on r.ItemId equals item.Id
        orderby r.ItemId
        select new
        {
            item.Number,
            Title = item.State == NewsState.Withdrawn ? null : item.Title != "" ? item.Title : item.TitleEn,
            r.ToldAt,
            r.ReadAt,
            r.ConfirmedAt,
            r.RemindedAt,
        },
        r => [r.Number, r.Title, r.ToldAt, r.ReadAt, r.ConfirmedAt, r.RemindedAt]);

    private static IAsyncEnumerable<object?[]> Acts(LogisticsDb db, long id) => Rows(
        db.Audit.Where(a => a.ActorId == id).OrderBy(a => a.Id).Select(a => new { a.At, a.Entity, a.EntityId, a.Field }),
        a => [a.At, a.Entity, a.EntityId, a.Field]);

    private static IAsyncEnumerable<object?[]> Imports(LogisticsDb db, long id) => Rows(
        db.ImportBatches.AsNoTracking().Where(b => b.ById == id).OrderBy(b => b.Id), b => [b.At, b.Kind, b.FileName, b.Counts.Read]);

    private static IAsyncEnumerable<object?[]> Rows<T>(IQueryable<T> stored, Func<T, object?[]> row) => stored.AsAsyncEnumerable().Select(row);
}
