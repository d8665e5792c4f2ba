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

    private readonly DemoData _demoData;
    private readonly DemoRandom _random;
    private readonly double[][] _byMonth;
    private readonly Dictionary<(long Room, long Category), List<(long Id, DateTimeOffset At)>> _closed = [];
    private readonly Queue<(long Id, DateTimeOffset At, DemoFault Fault)> _recent = [];

    public DemoFaults(DemoData demoData, DemoRandom random)
    {
        (_demoData, _random) = (demoData, random);
        _byMonth = [.. Enumerable.Range(0, 12).Select(month =>
            DemoRandom.Sums(demoData.Categories.Select(c => demoData.Texts.ByCategory[c.Code]).Select(f => f.Weight * f.Months[month])))];
    }

    /// <summary>Random report times, earliest first, weighted by month, weekday and hour in office time.</summary>
    public List<DateTimeOffset> Moments(int count, OfficeTime office, DateOnly first, DateTimeOffset until)
    {
        var last = office.DayOf(until);
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToList();
        var dayWeights = DemoRandom.Sums(days.Select(d =>
            _demoData.Texts.MonthWeights[d.Month - 1] * _demoData.Texts.WeekdayWeights[((int)d.DayOfWeek + 6) % 7]));
        var hourWeights = DemoRandom.Sums(_demoData.Texts.HourWeights);
        List<DateTimeOffset> moments = new(count);
        while (moments.Count < count)
        {
            var at = office.At(days[_random.Weighted(dayWeights)], new TimeOnly(_random.Weighted(hourWeights), _random.Below(60), _random.Below(60)));
            if (at <= until) moments.Add(at);
        }
        moments.Sort();
        return moments;
    }

    public DemoFault Next(DateTimeOffset at, int month)
    {
        if (_random.Chance(BreaksAgain) && RepeatedFault(at) is { } again) return again;
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

    private DemoFault? RepeatedFault(DateTimeOffset at)
    {
        var candidates = _recent.Where(r => r.At < at && r.At >= at - CampusRules.ReworkWithin).Select(r => r.Fault).ToList();
        if (candidates.Count == 0) return null;
        var fault = _random.Pick(candidates);
        return fault with { ReworkOfId = ReworkOf(fault, at) };
    }

    private long? ReworkOf(DemoFault fault, DateTimeOffset at) =>
        _closed.TryGetValue((fault.Room.Id, fault.Category.Id), out var times)
        && times.Where(t => t.At < at && t.At >= at - CampusRules.ReworkWithin).OrderByDescending(t => t.At).FirstOrDefault() is { Id: > 0 } last
            ? last.Id : null;

    private DemoFault New(int month)
    {
        var category = _demoData.Categories[_random.Weighted(_byMonth[month - 1])];
        var spot = Spot(_demoData.Texts.ByCategory[category.Code]);
        var text = _random.Pick(spot.Texts);
        var isEnglish = text.All(char.IsAscii);
        var (room, reporter) = spot.Where == DemoSpot.Bedroom ? Bedroom(spot, isEnglish) : Elsewhere(spot, isEnglish);
        if (spot.Where == DemoSpot.Bedroom && _random.Chance(WithTail))
            text = isEnglish ? $"{text} {_random.Pick(_demoData.Texts.TailsEn)}" : $"{text}，{_random.Pick(_demoData.Texts.Tails)}";
        return new DemoFault(category, room, reporter, text);
    }

    private SpotTexts Spot(FaultTexts fault)
    {
        foreach (var spot in fault.Elsewhere)
            if (_random.Chance(spot.Share) && _demoData.Rooms(spot).Count > 0) return spot;
        return fault;
    }

    private (Room Room, DemoResident Reporter) Bedroom(SpotTexts spot, bool isEnglish)
    {
        if (_random.Chance(OwnRoom))
        {
            var resident = PickResident(_demoData.Residents, isEnglish);
            if (resident.RoomId is { } own && _demoData.RoomById.TryGetValue(own, out var home)) return (home, resident);
        }
        var room = _random.Pick(_demoData.RoomsOrAny(spot));
        var neighbours = _demoData.ByRoom[room.Id].ToList();
        return (room, PickResident(neighbours.Count > 0 ? neighbours : _demoData.ByBuilding.GetValueOrDefault(room.BuildingId, _demoData.Residents),
            isEnglish));
    }

    private (Room Room, DemoResident Reporter) Elsewhere(SpotTexts spot, bool isEnglish)
    {
        var room = _random.Pick(_demoData.RoomsOrAny(spot));
        return (room, PickResident(_demoData.ByBuilding.GetValueOrDefault(room.BuildingId, _demoData.Residents), isEnglish));
    }

    /// <summary>Somebody among the given people who writes the language; if nobody does, any resident who does.</summary>
    private DemoResident PickResident(IReadOnlyList<DemoResident> among, bool isEnglish)
    {
        var speakers = among.Where(r => r.IsEnglish == isEnglish).ToList();
        if (speakers.Count == 0) speakers = [.. _demoData.Residents.Where(r => r.IsEnglish == isEnglish)];
        return _random.Pick(speakers.Count > 0 ? speakers : _demoData.Residents);
    }
}
