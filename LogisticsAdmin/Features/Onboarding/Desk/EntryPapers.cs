using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>What is printed before the students come, in the reader's language, for the office. Everybody else gets <see cref="Forbidden"/>.</summary>
public sealed class EntryPapers(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime time, IOfficeCard card, IStringLocalizer<EntryDeskText> words)
{
    /// <summary>
    /// 门贴: who is to live in each room of a building, by bed with the class, freshmen and those who live there. One table for each room, which stays on
    /// one page. Throws NotFound for an unknown building, and while no season is open.
    /// </summary>
    public async Task<Document> DoorSignsAsync(long? buildingId, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var season = await db.OpenSeasonAsync(ct) ?? throw new NotFound();
        var building = await db.Buildings.Where(b => b.Id == buildingId).Select(b => new LocalName(b.Name, b.NameEn)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        var rows = await db.EntryRows(db.OpenFreshmen().Where(f => f.WithdrawnAt == null && f.HeldUntil == null))
            .Where(r => r.BuildingId == buildingId).ToListAsync(ct);
        var freshmen = rows.ToLookup(r => r.BedId!.Value);
        var residents = await db.Users.AsNoTracking().Where(p => p.BedId != null && p.RetiredAt == null)
            .Join(
                db.Set<Bed>().Where(b => b.Room.BuildingId == buildingId), p => p.BedId, b => (long?)b.Id,
                (p, b) => new { b.Id, p.FullName, p.ClassName })
            .ToDictionaryAsync(p => p.Id, ct);
        var beds = await db.Beds.AsNoTracking().Where(b => b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.BuildingId == buildingId)
            .Select(b => new { b.Id, b.Code, b.RoomId, b.Room.Floor, RoomCode = b.Room.Code, Room = new LocalName(b.Room.Name, b.Room.NameEn) })
            .ToListAsync(ct);
        List<Block> blocks = [new Heading(1, words["DoorSigns.TitleOf", building])];
        foreach (var room in beds.GroupBy(b => b.RoomId)
            .Where(r => r.Any(b => freshmen.Contains(b.Id)))
            .OrderBy(r => r.First().Floor).ThenBy(r => r.First().RoomCode, PlaceOrder.Codes))
        {
            blocks.Add(new Heading(2, $"{building} {room.First().Room}"));
            blocks.Add(new Table("", null, [new(words["Field.Bed"]), new(words["Field.Person"], Weight: 3), new(words["Field.ClassName"], Weight: 3)],
            [
                .. room.OrderBy(b => b.Code, PlaceOrder.Codes).Select(b => residents.TryGetValue(b.Id, out var lives)
                    ? new TableRow([b.Code, lives.FullName, lives.ClassName ?? ""])
                    : new TableRow([b.Code, freshmen[b.Id].FirstOrDefault()?.Name ?? "", freshmen[b.Id].FirstOrDefault()?.ClassName ?? ""])),
            ]));
        }
        if (blocks.Count == 1) blocks.Add(new Paragraph(words["DoorSigns.None"]));
        return await DocumentAsync(words["DoorSigns.TitleOf", building], season, PageFormat.Slip, blocks, ct);
    }

    /// <summary>
    /// Where each student of a class is to live, or of all classes, each on a page of its own. Throws NotFound for a class without freshmen, and while no
    /// season is open.
    /// </summary>
    public async Task<Document> RoomsAsync(string? className, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var season = await db.OpenSeasonAsync(ct) ?? throw new NotFound();
        var all = db.EntryRows(db.OpenFreshmen().Where(f => f.WithdrawnAt == null));
        if (className is not null) all = all.Where(r => r.ClassName == className);
        var rows = await all.OrderBy(r => r.Number).ThenBy(r => r.PersonId).ToListAsync(ct);
        if (rows.Count == 0) throw new NotFound();
        List<Block> blocks = [];
        foreach (var one in rows.GroupBy(r => r.ClassName ?? "").OrderBy(c => c.Key, PlaceOrder.Codes))
        {
            if (blocks.Count > 0) blocks.Add(new PageBreak());
            blocks.Add(new Heading(1, one.Key.Length > 0 ? one.Key : words["NoClass"]));
            blocks.Add(new Table("", words["Rooms.Counts", one.Count(), one.Count(r => r.HasBed)],
                [new(words["Field.Number"], Weight: 2), new(words["Field.Person"], Weight: 2), new(words["Field.Bed"], Weight: 3)],
                [.. one.Select(r => new TableRow([r.Number ?? "", r.Name, r.Place ?? words["NoBedYet"]]))]));
        }
        return await DocumentAsync(words["Rooms.Title"], season, PageFormat.OfficialLetter, blocks, ct);
    }

    private async Task<Document> DocumentAsync(string title, OnboardingSeason season, PageFormat format, List<Block> blocks, CancellationToken ct)
    {
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? "";
        return new Document
        {
            Title = title,
            Subtitle = season.LocalName.ToString(),
            Office = office,
            Date = time.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = format,
            Blocks = blocks,
        };
    }
}
