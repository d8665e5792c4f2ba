using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Demo;

internal sealed record DemoFault(Category Category, Room Room, DemoResident Reporter, string Text, long? ReworkOfId = null);

/// <summary>Generates faults with place, time and reporter, weighted by season; a few repeat a fault that was repaired shortly before.</summary>
internal sealed class DemoFaults
{
    private const double BreaksAgain = 0.025, OwnRoom = 0.55, WithTail = 0.35;
    private const int Remembered = 400;

    private readonly DemoWorld _world;
    private readonly DemoDice _dice;
    private readonly double[][] _byMonth;
    private readonly Dictionary<(long Room, long Category), List<(long Id, DateTimeOffset At)>> _closed = [];
    private readonly Queue<(long Id, DateTimeOffset At, DemoFault Fault)> _recent = [];

    public DemoFaults(DemoWorld world, DemoDice dice)
    {
        (_world, _dice) = (world, dice);
        _byMonth = [.. Enumerable.Range(0, 12).Select(month =>
            DemoDice.Sums(world.Categories.Select(c => world.Texts.ByCategory[c.Code]).Select(f => f.Weight * f.Months[month])))];
    }

    /// <summary>Random report times, earliest first, weighted by month, weekday and hour in office time.</summary>
    public List<DateTimeOffset> Moments(int count, OfficeTime office, DateOnly first, DateTimeOffset until)
    {
        var last = office.DayOf(until);
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToList();
        var dayWeights = DemoDice.Sums(days.Select(d => _world.Texts.MonthWeights[d.Month - 1] * _world.Texts.WeekdayWeights[((int)d.DayOfWeek + 6) % 7]));
        var hourWeights = DemoDice.Sums(_world.Texts.HourWeights);
        List<DateTimeOffset> moments = new(count);
        while (moments.Count < count)
        {
            var at = office.At(days[_dice.Weighted(dayWeights)], new TimeOnly(_dice.Weighted(hourWeights), _dice.Below(60), _dice.Below(60)));
            if (at <= until) moments.Add(at);
        }
        moments.Sort();
        return moments;
    }

    public DemoFault Next(DateTimeOffset at, int month)
    {
        if (_dice.Chance(BreaksAgain) && Again(at) is { } again) return again;
        var fault = New(month);
        // On a small campus, chance repetitions would otherwise make too many tickets look like rework.
        for (var tries = 0; tries < 12 && ReworkOf(fault, at) is not null; tries++) fault = New(month);
        return fault with { ReworkOfId = ReworkOf(fault, at) };
    }

    public void Closed(long id, DateTimeOffset at, DemoFault fault)
    {
        var key = (fault.Room.Id, fault.Category.Id);
        if (!_closed.TryGetValue(key, out var times)) _closed[key] = times = [];
        times.RemoveAll(t => t.At < at - (2 * CampusRules.ReworkWithin));
        times.Add((id, at));
        _recent.Enqueue((id, at, fault));
        if (_recent.Count > Remembered) _recent.Dequeue();
    }

    private DemoFault? Again(DateTimeOffset at)
    {
        var candidates = _recent.Where(r => r.At < at && r.At >= at - CampusRules.ReworkWithin).Select(r => r.Fault).ToList();
        if (candidates.Count == 0) return null;
        var fault = _dice.Pick(candidates);
        return fault with { ReworkOfId = ReworkOf(fault, at) };
    }

    private long? ReworkOf(DemoFault fault, DateTimeOffset at) =>
        _closed.TryGetValue((fault.Room.Id, fault.Category.Id), out var times)
        && times.Where(t => t.At < at && t.At >= at - CampusRules.ReworkWithin).OrderByDescending(t => t.At).FirstOrDefault() is { Id: > 0 } last
            ? last.Id : null;

    private DemoFault New(int month)
    {
        var category = _world.Categories[_dice.Weighted(_byMonth[month - 1])];
        var spot = Spot(_world.Texts.ByCategory[category.Code]);
        var text = _dice.Pick(spot.Texts);
        var isEnglish = text.All(char.IsAscii);
        var (room, reporter) = spot.Where == DemoSpot.Bedroom ? Bedroom(spot, isEnglish) : Elsewhere(spot, isEnglish);
        if (spot.Where == DemoSpot.Bedroom && _dice.Chance(WithTail))
            text = isEnglish ? $"{text} {_dice.Pick(_world.Texts.TailsEn)}" : $"{text}，{_dice.Pick(_world.Texts.Tails)}";
        return new DemoFault(category, room, reporter, text);
    }

    private SpotTexts Spot(FaultTexts fault)
    {
        foreach (var spot in fault.Elsewhere)
            if (_dice.Chance(spot.Share) && _world.Rooms(spot).Count > 0) return spot;
        return fault;
    }

    private (Room Room, DemoResident Reporter) Bedroom(SpotTexts spot, bool isEnglish)
    {
        if (_dice.Chance(OwnRoom))
        {
            var resident = Someone(_world.Residents, isEnglish);
            if (resident.RoomId is { } own && _world.RoomById.TryGetValue(own, out var home)) return (home, resident);
        }
        var room = _dice.Pick(_world.Rooms(spot));
        var neighbours = _world.ByRoom[room.Id].ToList();
        return (room, Someone(neighbours.Count > 0 ? neighbours : _world.ByBuilding.GetValueOrDefault(room.BuildingId, _world.Residents), isEnglish));
    }

    private (Room Room, DemoResident Reporter) Elsewhere(SpotTexts spot, bool isEnglish)
    {
        var room = _dice.Pick(_world.Rooms(spot));
        return (room, Someone(_world.ByBuilding.GetValueOrDefault(room.BuildingId, _world.Residents), isEnglish));
    }

    /// <summary>Somebody among the given people who writes the language; if nobody does, any resident who does.</summary>
    private DemoResident Someone(IReadOnlyList<DemoResident> among, bool isEnglish)
    {
        var speakers = among.Where(r => r.IsEnglish == isEnglish).ToList();
        if (speakers.Count == 0) speakers = [.. _world.Residents.Where(r => r.IsEnglish == isEnglish)];
        return _dice.Pick(speakers.Count > 0 ? speakers : _world.Residents);
    }
}
