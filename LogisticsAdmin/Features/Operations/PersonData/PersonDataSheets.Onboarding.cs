using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.PersonData;

public sealed partial class PersonDataSheets
{
    private IAsyncEnumerable<object?[]> CheckIns(LogisticsDb db, long id) => Rows(
        from freshman in db.Freshmen.AsNoTracking()
        where freshman.PersonId == id
        join season in db.OnboardingSeasons on freshman.SeasonId equals season.Id
        join b in db.Beds on freshman.BedId equals (long?)b.Id into beds
        from bed in beds.DefaultIfEmpty()
        join t in db.DeskTimes on freshman.DeskTimeId equals (long?)t.Id into times
        from time in times.DefaultIfEmpty()
        orderby freshman.Id
        select new
        {
            Freshman = freshman,
            Season = new LocalName(season.Name, season.NameEn),
            Place = bed == null ? null : new BedPlace(new LocalName(bed.Room.Building.Name, bed.Room.Building.NameEn), bed.Room.Code, bed.Code),
            Day = time == null ? null : (DateOnly?)time.Day,
            From = time == null ? null : (TimeOnly?)time.From,
        },
        x =>
        [
            x.Season, x.Place?.ToString(), x.Freshman.ChosenAt, x.Freshman.DataConfirmedAt, x.Freshman.DataRemark, WishesOf(x.Freshman),
            new Money(x.Freshman.FeesFen), x.Freshman.FeesPaidAt, x.Freshman.FeesDeferredAt, x.Freshman.DeferReason, x.Freshman.EssentialsAt,
            x.Freshman.PapersConfirmedAt, string.Create(CultureInfo.InvariantCulture, $"{x.Day:yyyy-MM-dd} {x.From:HH:mm}").Trim(),
            x.Freshman.CheckedInAt, x.Freshman.CheckedInBecause, x.Freshman.WithdrawnAt, x.Freshman.WithdrawnBecause,
        ]);

    private string WishesOf(Freshman freshman)
    {
        var rhythm = seasons[$"SleepRhythm.{freshman.Rhythm}"].Value;
        return freshman.WantsQuiet ? $"{rhythm}{people["ListSeparator"].Value}{words["WantsQuiet"].Value}" : rhythm;
    }

    private static IAsyncEnumerable<object?[]> Keys(LogisticsDb db, long id) => Rows(
        from key in db.RoomKeys
        where key.PersonId == id
        join room in db.Rooms on key.RoomId equals room.Id
        orderby key.Id
        select new
        {
            Building = new LocalName(room.Building.Name, room.Building.NameEn),
            Room = new LocalName(room.Name, room.NameEn),
            key.Label,
            key.HandedAt,
            key.ReturnedAt,
        },
        k => [k.Building, k.Room, k.Label, k.HandedAt, k.ReturnedAt]);

    private static IAsyncEnumerable<object?[]> Leaving(LogisticsDb db, long id) => Rows(
        from leaver in db.Leavers
        where leaver.PersonId == id
        join round in db.LeavingRounds on leaver.RoundId equals round.Id
        join r in db.Rooms on leaver.RoomId equals (long?)r.Id into rooms
        from room in rooms.DefaultIfEmpty()
        join s in db.Rooms on leaver.InspectedRoomId equals (long?)s.Id into seen
        from inspected in seen.DefaultIfEmpty()
        orderby leaver.Id
        select new
        {
            Round = new LocalName(round.Name, round.NameEn),
            Room = room == null ? null : new BedPlace(new LocalName(room.Building.Name, room.Building.NameEn), room.Code, null),
            leaver.InspectedAt,
            Inspected = inspected == null ? null : new BedPlace(new LocalName(inspected.Building.Name, inspected.Building.NameEn), inspected.Code, null),
            leaver.Damage,
            leaver.DamageFen,
            leaver.DamagePaidAt,
            leaver.CheckedOutAt,
        },
        l => [l.Round, l.Room?.ToString(), l.InspectedAt, l.Inspected?.ToString(), l.Damage, new Money(l.DamageFen), l.DamagePaidAt, l.CheckedOutAt]);

    /// <summary>The person's own requests, and what they said to those of others. Who else was asked or wants to swap is not the person's data.</summary>
    private async IAsyncEnumerable<object?[]> RoomChanges(LogisticsDb db, long id)
    {
        var own = Rows(
            from change in db.RoomChanges
            where change.PersonId == id
            join b in db.Beds on change.BedId equals (long?)b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby change.Id
            select new
            {
                change.Number,
                change.AskedAt,
                change.State,
                Place = bed == null ? null : new BedPlace(new LocalName(bed.Room.Building.Name, bed.Room.Building.NameEn), bed.Room.Code, bed.Code),
                change.Reason,
                change.Because,
                change.EndedAt,
            },
            c => [c.Number, c.AskedAt, words["RoomChange.Own"].Value, roomChanges[$"RoomChangeState.{c.State}"].Value,
                c.Place?.ToString() ?? roomChanges["My.ToSwap"].Value, c.Reason, null, c.Because, c.EndedAt]);
        await foreach (var row in own) yield return row;
        var asked = Rows(
            from vote in db.RoomChangeVotes
            where vote.PersonId == id
            join change in db.RoomChanges on vote.ChangeId equals change.Id
            orderby vote.Id
            select new
            {
                change.Number,
                change.AskedAt,
                vote.At,
                vote.Agrees,
                change.State,
                // One no ends the request: the reason is theirs, unless the office decided.
                Because = vote.Agrees == false && change.DecidedById == null ? change.Because : null,
                change.EndedAt,
            },
            v => [v.Number, v.At ?? v.AskedAt, words["RoomChange.Asked"].Value, roomChanges[$"RoomChangeState.{v.State}"].Value, null, null,
                roomChanges[v.Agrees switch { true => "Vote.Yes", false => "Vote.No", _ => "Vote.Waiting" }].Value, v.Because, v.EndedAt]);
        await foreach (var row in asked) yield return row;
    }
}
