using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Imports readings of meters in use, found by number, or by room where it has one meter of the kind. A doubtful reading, and one in the place
/// of another of the same day, needs a note that says why it is right. For the office. Undo takes them back and gives earlier ones their place.
/// </summary>
public sealed class ReadingsImport(CurrentUser user, OfficeTime office) : ImportKind
{
    internal const string Day = "reading-day", Value = "reading-value", Note = "reading-note";

    private const int Step = 500;

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<MeteringText>(
            KnownMeters.Kind, CellUse.Text, 80, "费用类型", "表类型", "类型", "种类", "kind", "fee kind") with
        { Required = true },
        ImportColumn.Of<MeteringText>(KnownMeters.Number, CellUse.Code, FeesLimits.MeterNumber, "表号", "表编号", "meter no", "meter number") with
        {
            Required = true,
            UnlessGiven = KnownMeters.Room,
        },
        ImportColumn.Of<MeteringText>(KnownMeters.Campus, CellUse.Text, 80, "所在校区"),
        ImportColumn.Of<MeteringText>(KnownMeters.Building, CellUse.Text, 120, "楼宇", "宿舍楼", "楼号", "楼"),
        ImportColumn.Of<MeteringText>(KnownMeters.Room, CellUse.Code, 40, "房间号", "房号", "寝室", "宿舍号", "room no"),
        ImportColumn.Of<MeteringText>(Day, CellUse.Day, 0, "抄表日期", "日期", "date") with { Required = true },
        ImportColumn.Of<MeteringText>(Value, CellUse.Amount, 0, "本次读数", "表底", "示数", "value") with { Required = true },
        ImportColumn.Of<MeteringText>(Note, CellUse.Text, FeesLimits.Note, "备注", "原因", "note", "reason"),
    ];

    public override string Key => "meter-readings";
    public override LocalName Name => LocalName.Of<MeteringText>("Import.Readings");
    public override string ResultAddress => "fees/meters";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.IsOffice;

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var plan = new ReadingPlan(await KnownMeters.ReadAsync(db, ct), input, office, user.Actor.PersonId);
        await plan.JudgeAsync(db, ct);
        return plan;
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        List<SkippedRow> left = [];
        var before = entities.Where(e => e.Before is not null).ToDictionary(e => e.Id, e => JsonSerializer.Deserialize<List<EarlierReading>>(e.Before!)!);
        foreach (var some in entities.Chunk(Step))
        {
            var ids = some.Select(e => e.Id).ToList();
            var imported = (await db.MeterReadings.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct)).ToDictionary(r => r.Id);
            var chains = await ChainsAsync(db, [.. imported.Values.Select(r => r.MeterId).Distinct()], ct);
            // Those of a meter from the newest on, so that what they replaced is judged without them.
            foreach (var entity in some.Where(e => imported.ContainsKey(e.Id)).OrderByDescending(e => imported[e.Id].Day))
            {
                var reading = imported[entity.Id];
                var chain = chains[reading.MeterId];
                if (chain.Meter.RemovedOn is not null || !chain.TakeBack(entity.Id))
                {
                    left.Add(new SkippedRow(entity.Row, chain.Meter.Number, new RowProblem(null, typeof(MeteringText), "Import.ReplacedSince")));
                    continue;
                }
                foreach (var was in before.GetValueOrDefault(entity.Id) ?? [])
                    if (chain.At(was.Day) is null) chain.Put(was.Day, was.Value, was.Source, Guid.NewGuid(), was.Note);
            }
            await ReadingChain.SaveAsync(db, chains.Values, office.Now, user.Actor.PersonId, ct);
            db.ChangeTracker.Clear();
        }
        db.Announce(new KeyChanged(FeesTopics.Meters, 0));
        return left;
    }

    private static async Task<Dictionary<long, ReadingChain>> ChainsAsync(LogisticsDb db, IReadOnlyList<long> meterIds, CancellationToken ct)
    {
        Dictionary<long, ReadingChain> chains = [];
        foreach (var ids in meterIds.Chunk(Step))
        {
            var meters = await db.Meters.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(ct);
            var readings = (await db.MeterReadings.AsNoTracking().Where(r => ids.Contains(r.MeterId) && r.ReplacedAt == null).ToListAsync(ct))
                .ToLookup(r => r.MeterId);
            foreach (var meter in meters) chains[meter.Id] = new ReadingChain(meter, readings[meter.Id]);
        }
        return chains;
    }

    private sealed class ReadingPlan : ImportPlan
    {
        private sealed class Line
        {
            public required int Row { get; init; }
            public required string Label { get; init; }
            public required List<RowProblem> Problems { get; init; }
            public Meter? Meter { get; init; }
            public DateOnly Day { get; init; }
            public decimal Value { get; init; }
            public string? Note { get; init; }

            /// <summary>What the row adds to the chain; null for a reading that is stored already.</summary>
            public ReadingChain.Slot? Slot { get; set; }

            /// <summary>The value that it takes the place of.</summary>
            public decimal? Was { get; set; }
        }

        private readonly List<Line> _lines = [];
        private readonly KnownMeters _known;
        private readonly OfficeTime _office;
        private readonly long? _by;
        private Dictionary<long, ReadingChain> _chains = [];

        public ReadingPlan(KnownMeters known, ImportInput input, OfficeTime office, long? by)
        {
            (_known, _office, _by) = (known, office, by);
            var reader = new RowReader(All, input.CountsFrom1904);
            Dictionary<(long, DateOnly), int> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                _lines.Add(Check(reader, seen));
                input.Progress(_lines.Count);
            }
        }

        public override IReadOnlyList<RowVerdict> Verdicts =>
        [
            .. _lines.Select(l => l.Problems.Count > 0 ? RowVerdict.Rejected(l.Row, l.Label, l.Problems)
                : l.Slot is null ? RowVerdict.Same(l.Row, l.Label)
                : l.Was is { } was ? RowVerdict.Changed(l.Row, l.Label, [new FieldChange(Value, ReadingWords.Number(was), ReadingWords.Number(l.Value))])
                : RowVerdict.New(l.Row, l.Label)),
        ];

        /// <summary>Judges the rows of each meter by their days, each with the rows before it.</summary>
        public async Task JudgeAsync(LogisticsDb db, CancellationToken ct)
        {
            var good = _lines.Where(l => l.Problems.Count == 0).ToList();
            _chains = await ChainsAsync(db, [.. good.Select(l => l.Meter!.Id).Distinct()], ct);
            foreach (var line in good.OrderBy(l => l.Day)) Judge(line, _chains[line.Meter!.Id]);
        }

        public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            var done = 0;
            foreach (var some in _chains.Values.Chunk(Step))
            {
                await ReadingChain.SaveAsync(db, some, _office.Now, _by, ct);
                db.ChangeTracker.Clear();
                progress(done += some.Length);
            }
            db.Announce(new KeyChanged(FeesTopics.Meters, 0));
            return
            [
                .. _lines.Where(l => l.Slot is not null && l.Problems.Count == 0).Select(l => new ImportedEntity(
                    l.Row, l.Slot!.Stored!.Id, IsNew: l.Was is null, l.Slot.Stored.Version,
                    l.Slot.Replaced.Count == 0 ? null : JsonSerializer.Serialize(l.Slot.Replaced))),
            ];
        }

        private static void Judge(Line line, ReadingChain chain)
        {
            if (line.Day < chain.Slots[0].Day)
            {
                Refuse(line, Day, "Refusal.BeforeOpening", ReadingWords.Day(chain.Slots[0].Day));
                return;
            }
            if (line.Value >= chain.Meter.RollsOverAt)
            {
                Refuse(line, Value, "Refusal.TooManyDigits", chain.Meter.Digits);
                return;
            }
            var same = chain.At(line.Day);
            // A list that was exported before has estimates too.
            if (same is not null && same.Value == line.Value) return;
            if (same is { Source: ReadingSource.Opening or ReadingSource.Closing })
            {
                Refuse(line, Value, "Import.OpeningKnown", ReadingWords.Number(same.Value));
                return;
            }
            if (same is { IsEstimate: false } && line.Note is null)
            {
                Refuse(line, Value, "Import.OtherValue", ReadingWords.Number(same.Value));
                return;
            }
            var doubts = chain.Judge(line.Day, line.Value);
            if (line.Note is null)
            {
                foreach (var (kind, usage, value, day) in doubts)
                    Refuse(line, Value, $"Import.{kind}", ReadingWords.Number(usage), ReadingWords.Number(value), ReadingWords.Day(day));
                if (doubts.Count > 0) return;
            }
            line.Was = same?.Value;
            line.Slot = chain.Put(line.Day, line.Value, ReadingSource.Imported, Guid.NewGuid(), line.Note);
        }

        private Line Check(RowReader reader, Dictionary<(long, DateOnly), int> seen)
        {
            var (kind, number) = (_known.KindOf(reader), reader.Code(KnownMeters.Number));
            var room = _known.RoomOf(reader, isNeeded: number is null);
            var day = KnownMeters.DayOf(reader, Day, _office.Today);
            var (value, note) = (KnownMeters.ReadingOf(reader, Value), ReadingService.Note(reader.Text(Note)));
            Meter? meter = null;
            if (kind is not null && number is not null)
            {
                meter = _known.ByNumber[(kind.Id, CleanText.ComparisonKey(number))].FirstOrDefault(m => m.RemovedOn is null);
                if (meter is null) KnownMeters.Note(reader, KnownMeters.Number, "Import.UnknownMeter", number);
                else if (room is { } at && !meter.Rooms.Any(r => r.RoomId == at)) KnownMeters.Note(reader, KnownMeters.Room, "Import.NotOfRoom", number);
            }
            else if (kind is not null && room is { } at)
            {
                var found = _known.ByRoom[(kind.Id, at)].ToList();
                if (found.Count == 1) meter = found[0];
                else KnownMeters.Note(reader, KnownMeters.Room, found.Count == 0 ? "Import.RoomWithoutMeter" : "Import.SeveralMeters");
            }
            if (meter is not null && day is { } on && !seen.TryAdd((meter.Id, on), reader.Number))
                KnownMeters.Note(reader, Day, "Import.SameDayTwice", seen[(meter.Id, on)]);
            return new Line
            {
                Row = reader.Number,
                Label = $"{kind?.Name} {number ?? reader.Code(KnownMeters.Room)} {day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}".Trim(),
                Problems = [.. reader.Problems],
                Meter = meter,
                Day = day ?? default,
                Value = value ?? 0,
                Note = note,
            };
        }

        private static void Refuse(Line line, string column, string code, params IReadOnlyList<object?> args) =>
            line.Problems.Add(new RowProblem(column, typeof(MeteringText), code, args));
    }
}
