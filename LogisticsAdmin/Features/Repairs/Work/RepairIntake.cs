using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Accepts reports: a resident's own, or one that the office takes by phone (代报), for a person or for a caller without an account.</summary>
public sealed class RepairIntake(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ServiceClockCache clockCache, IStandIns standIns,
    IPlannedOutages outages, ResidentLimits limits, LiveMeter meter, ILogger<RepairIntake> log)
{
    /// <summary>The number of days in advance for which a visit may be requested.</summary>
    public const int VisitDays = 14;

    private static readonly ReportFormValidator Rules = new();

    /// <summary>
    /// Submit → New; returns the ticket's number. Refuses unknown or retired rooms, categories, slots and people at their fields. A form sent
    /// twice (same key and content) creates one ticket.
    /// </summary>
    public async Task<string> SubmitAsync(ReportForm form, CancellationToken ct = default)
    {
        form.Phone = CleanText.Clean(form.Phone);
        Rules.Demand(form);
        var contact = ContactOf(form);
        var description = form.Description!.Trim();
        var sentKey = KeyOf(form);
        // Read outside the write, which nothing slow may hold up.
        var ongoing = await outages.OngoingAsync(OutageTrades.After, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var (id, number) = await db.WriteAsync(async token =>
        {
            var actor = user.Actor;
            var me = user.PersonId;
            if (sentKey is { } key && await db.RepairTickets.FirstOrDefaultAsync(t => t.SubmissionKey == key, token) is { } sent)
                return (sent.ReporterId == me || sent.FiledById == me) ? (sent.Id, sent.Number) : throw new NotFound();

            var forPerson = form.ForPersonId is { } forWhom && forWhom != me;
            var onBehalf = forPerson || contact is not null;
            if ((onBehalf || form.Urgency is not null) && !actor.IsOffice) throw new Forbidden();
            await limits.DemandReportAsync(db, actor, token);
            long? reporter = contact is null ? form.ForPersonId ?? me : null;
            if (forPerson && !await db.People.Living().AnyAsync(p => p.Id == reporter, token))
                throw Rejected.At<WorkText>(nameof(ReportForm.ForPersonId), "UnknownPerson");

            var room = await RoomAsync(db, form.RoomId!.Value, token);
            var category = await CategoryAsync(db, form.CategoryId!.Value, token);
            await DemandVisitAsync(db, form, room.BuildingId, token);
            var urgency = form.Urgency ?? category.DefaultUrgency;
            if (!Enum.IsDefined(urgency)) throw Rejected.At<WorkText>(nameof(ReportForm.Urgency), "UnknownUrgency");

            var now = office.Now;
            var report = new Report(room, category.Id, urgency, description, form.Phone,
                form.VisitDay, form.VisitSlotId, await ReworkOfAsync(db, room.Id, category.Id, now, token), sentKey,
                await RepeatsAsync(db, room.Id, category.Id, now, token), contact,
                await CrewSuggestion.ForAsync(db, category, room.BuildingId, token), await OutageOfAsync(db, ongoing, room.BuildingId, category, token));
            var numbered = await db.NextNumberAsync(RepairTicket.Series, office.DayOf(now), token);
            var ticket = RepairTicket.Submit(numbered, report, reporter, onBehalf ? me : null, now);
            ticket.RecalculateDeadlines(await clockCache.CurrentAsync(token), now);
            db.RepairTickets.Add(ticket);
            await BindPhotosAsync(db, ticket, ticket.Events.Single(), me, form.Photos, token);
            await db.SaveChangesAsync(token);
            await RepairNotifications.WriteAsync(
                db, ticket, RepairVerb.Submit, actor, isInternal: false, formerTechnician: null, await standIns.TodayAsync(db, token), now, token);
            return (ticket.Id, ticket.Number);
        }, ct);
        meter.Performed(nameof(RepairVerb.Submit));
        log.Performed(RepairVerb.Submit, id, user.ActorOrNull?.PersonId);
        return number;
    }

    /// <summary>
    /// The number of the ticket that the acting person's form has become; null if it has not been sent before. For the page, which would store the
    /// photos first; the write itself asks again.
    /// </summary>
    public async Task<string?> SubmittedAsync(ReportForm form, CancellationToken ct = default)
    {
        if (KeyOf(form) is not { } key) return null;
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.RepairTickets.Where(t => t.SubmissionKey == key && (t.ReporterId == me || t.FiledById == me))
            .Select(t => t.Number).FirstOrDefaultAsync(ct);
    }

    private static Guid? KeyOf(ReportForm form) => FormKey.Of(form.Key, form.RoomId, form.CategoryId, form.Description?.Trim(),
        CleanText.Clean(form.Phone), form.VisitDay, form.VisitSlotId, form.ForPersonId, ContactOf(form), form.Urgency);

    private static string? ContactOf(ReportForm form) =>
        form.ForPersonId is null && !string.IsNullOrWhiteSpace(form.ContactName) ? CleanText.PersonName(form.ContactName) : null;

    internal static async Task<Room> RoomAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.Rooms.Include(r => r.Building).Living().FirstOrDefaultAsync(r => r.Id == id && r.Building.RetiredAt == null, ct)
        ?? throw Rejected.At<WorkText>(nameof(ReportForm.RoomId), "UnknownRoom");

    internal static async Task<Category> CategoryAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.Categories.Living().FirstOrDefaultAsync(c => c.Id == id && c.ParentId != null, ct)
        ?? throw Rejected.At<WorkText>(nameof(ReportForm.CategoryId), "UnknownCategory");

    /// <summary>Binds the uploader's own drafts to the event; at most six photos per ticket.</summary>
    internal static async Task BindPhotosAsync(
        LogisticsDb db, RepairTicket ticket, RepairEvent written, long me, IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return;
        var drafts = await db.RepairPhotos.Where(p => keys.Contains(p.Key) && p.UploadedById == me && p.TicketId == null && p.EventId == null).ToListAsync(ct);
        if (drafts.Count != keys.Distinct().Count()) throw Rejected.At<WorkText>(nameof(ReportForm.Photos), "UnknownPhoto");
        var before = ticket.Id == 0 ? 0 : await db.RepairPhotos.CountAsync(p => p.TicketId == ticket.Id && p.UploadedById == me, ct);
        if (before + drafts.Count > CampusRules.PhotosPerTicket)
            throw Rejected.At<WorkText>(nameof(ReportForm.Photos), "TooManyPhotos", CampusRules.PhotosPerTicket);
        foreach (var draft in drafts) draft.AttachTo(ticket, written);
    }

    private async Task DemandVisitAsync(LogisticsDb db, ReportForm form, long buildingId, CancellationToken ct)
    {
        if (form.VisitDay is not { } day) return;
        if (day < office.Today || day > office.Today.AddDays(VisitDays)) throw Rejected.At<WorkText>(nameof(ReportForm.VisitSlotId), "UnknownSlot");
        var (days, buildings) = (SlotDays.All, new List<long>());
        if (form.VisitSlotId is { } slotId)
        {
            var slot = await db.VisitSlots.Living().FirstOrDefaultAsync(s => s.Id == slotId, ct);
            if (slot is null || office.At(day, slot.To) <= office.Now) throw Rejected.At<WorkText>(nameof(ReportForm.VisitSlotId), "UnknownSlot");
            days = slot.Days;
            buildings = await db.VisitSlotBuildings.Where(o => o.SlotId == slotId).Select(o => o.BuildingId).ToListAsync(ct);
        }
        var isOpen = (await db.ReadWorkingTimeAsync(office, ct)).IsOpenOn(day);
        switch (VisitOffer.ObstacleTo(days, buildings, day, isOpen, buildingId))
        {
            case VisitObstacle.Closed: throw Rejected.At<WorkText>(nameof(ReportForm.VisitSlotId), "OfficeClosed");
            case VisitObstacle.Weekday: throw Rejected.At<WorkText>(nameof(ReportForm.VisitSlotId), "SlotOnOtherDays");
            case VisitObstacle.Building: throw Rejected.At<WorkText>(nameof(ReportForm.VisitSlotId), "SlotInOtherBuildings");
        }
    }

    /// <summary>A report for the same room and category within 30 days after a ticket was closed counts as rework of that ticket.</summary>
    private static Task<long?> ReworkOfAsync(LogisticsDb db, long roomId, long categoryId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - CampusRules.ReworkWithin;
        return db.RepairTickets.Where(t => t.RoomId == roomId && t.CategoryId == categoryId && t.Status == TicketStatus.Closed && t.EndedAt >= since)
            .OrderByDescending(t => t.EndedAt).Select(t => (long?)t.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>The notice of the outage in this building that explains a fault of this category; the latest to begin where there are several.</summary>
    private static async Task<long?> OutageOfAsync(
        LogisticsDb db, IReadOnlyList<AnnouncedOutage> ongoing, long buildingId, Category category, CancellationToken ct)
    {
        var here = ongoing.Where(o => o.Buildings.Contains(buildingId)).ToList();
        if (here.Count == 0) return null;
        var group = await db.Categories.Where(c => c.Id == category.ParentId).Select(c => c.Code).FirstOrDefaultAsync(ct);
        return here.Where(o => OutageTrades.Explains(o.Kind, category.Code, group)).OrderByDescending(o => o.From).FirstOrDefault()?.NoticeId;
    }

    /// <summary>The number of recent reports for the same room and category, without those that were rejected or cancelled.</summary>
    private static Task<int> RepeatsAsync(LogisticsDb db, long roomId, long categoryId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - CampusRules.RepeatWithin;
        return db.RepairTickets.CountAsync(t => t.RoomId == roomId && t.CategoryId == categoryId && t.SubmittedAt >= since
            && t.Status != TicketStatus.Rejected && t.Status != TicketStatus.Cancelled, ct);
    }
}
