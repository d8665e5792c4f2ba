using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Imports meters, identified by kind and number; one that several rooms share has a row for each. Meters that are known already are never
/// changed. For managers and administrators. Undo removes those that were not read since.
/// </summary>
public sealed class MetersImport(CurrentUser user, OfficeTime office) : ImportKind
{
    internal const string Share = "meter-share", Multiplier = "meter-multiplier", Digits = "meter-digits", InstalledOn = "meter-installed-on",
        Opening = "meter-opening";

    private const int Step = 500;

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<MeteringText>(
            KnownMeters.Kind, CellUse.Text, 80, "费用类型", "表类型", "类型", "种类", "kind", "fee kind") with
        { Required = true },
        ImportColumn.Of<MeteringText>(KnownMeters.Number, CellUse.Code, FeesLimits.MeterNumber, "表号", "表编号", "meter no", "meter number") with
        {
            Required = true,
        },
        ImportColumn.Of<MeteringText>(KnownMeters.Campus, CellUse.Text, 80, "所在校区"),
        ImportColumn.Of<MeteringText>(KnownMeters.Building, CellUse.Text, 120, "楼宇", "宿舍楼", "楼号", "楼") with { Required = true },
        ImportColumn.Of<MeteringText>(KnownMeters.Room, CellUse.Code, 40, "房间号", "房号", "寝室", "宿舍号", "room no") with { Required = true },
        ImportColumn.Of<MeteringText>(Share, CellUse.WholeNumber, 0, "分摊份额"),
        ImportColumn.Of<MeteringText>(Multiplier, CellUse.Amount, 0, "变比"),
        ImportColumn.Of<MeteringText>(Digits, CellUse.WholeNumber, 0, "表盘位数"),
        ImportColumn.Of<MeteringText>(InstalledOn, CellUse.Day, 0, "安装日期", "装表日期", "启用日期", "installed"),
        ImportColumn.Of<MeteringText>(Opening, CellUse.Amount, 0, "起始读数", "初始读数", "起码", "opening"),
    ];

    public override string Key => "meters";
    public override LocalName Name => LocalName.Of<MeteringText>("Import.Meters");
    public override string ResultAddress => "fees/meters";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.IsManagement;

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var openings = await db.MeterReadings.AsNoTracking().Where(r => r.ReplacedAt == null && r.Source == ReadingSource.Opening)
            .Select(r => new { r.MeterId, r.Value }).ToDictionaryAsync(r => r.MeterId, r => r.Value, ct);
        return new MeterPlan(await KnownMeters.ReadAsync(db, ct), openings, input, office, user.Actor.PersonId);
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        List<SkippedRow> left = [];
        using var bulk = new BulkWriter(db);
        foreach (var some in entities.Chunk(Step))
        {
            var ids = some.Select(e => e.Id).ToList();
            var meters = await db.Meters.AsNoTracking().Include(m => m.Rooms).Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
            var readings = (await db.MeterReadings.AsNoTracking().Where(r => ids.Contains(r.MeterId)).ToListAsync(ct)).ToLookup(r => r.MeterId);
            var replacing = (await db.Meters.Where(m => m.ReplacedByMeterId != null && ids.Contains(m.ReplacedByMeterId.Value))
                .Select(m => m.ReplacedByMeterId!.Value).ToListAsync(ct)).ToHashSet();
            foreach (var entity in some)
            {
                if (!meters.TryGetValue(entity.Id, out var meter)) continue;
                if (meter.Version != entity.Version || readings[meter.Id].Skip(1).Any() || replacing.Contains(meter.Id))
                {
                    left.Add(new SkippedRow(entity.Row, meter.Number, new RowProblem(null, typeof(MeteringText), "Import.UsedSince")));
                    continue;
                }
                bulk.Remove(readings[meter.Id], ct);
                bulk.Remove(meter.Rooms, ct);
                bulk.Remove([meter], ct);
            }
        }
        db.Announce(new KeyChanged(FeesTopics.Meters, 0));
        return left;
    }

    private sealed class MeterPlan : ImportPlan
    {
        private sealed record Line(int Row, string Label, Meter? New, decimal Opening, List<RowProblem> Problems)
        {
            public bool IsSame { get; init; }

            /// <summary>The row that a further room of the same meter stands in addition to.</summary>
            public Line? Main { get; init; }
        }

        private readonly List<Line> _lines = [];
        private readonly KnownMeters _known;
        private readonly IReadOnlyDictionary<long, decimal> _openings;
        private readonly OfficeTime _office;
        private readonly long? _by;

        public MeterPlan(
            KnownMeters known, IReadOnlyDictionary<long, decimal> openings, ImportInput input, OfficeTime office, long? by)
        {
            (_known, _openings, _office, _by) = (known, openings, office, by);
            var reader = new RowReader(All, input.CountsFrom1904);
            Dictionary<(long, string), Line> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                _lines.Add(Check(reader, seen));
                input.Progress(_lines.Count);
            }
            // A meter is imported with all of its rooms or not at all.
            foreach (var line in _lines.Where(l => l.Problems.Count > 0 && l.Main is { Problems.Count: 0 }))
                line.Main!.Problems.Add(new RowProblem(KnownMeters.Room, typeof(MeteringText), "Import.OtherRoomWrong", line.Row));
            foreach (var line in _lines.Where(l => l.Problems.Count == 0 && l.Main is { Problems.Count: > 0 }))
                line.Problems.Add(new RowProblem(KnownMeters.Room, typeof(MeteringText), "Import.OtherRoomWrong", line.Main!.Row));
        }

        public override IReadOnlyList<RowVerdict> Verdicts =>
        [
            .. _lines.Select(l => l.Problems.Count > 0 ? RowVerdict.Rejected(l.Row, l.Label, l.Problems)
                : l.IsSame ? RowVerdict.Same(l.Row, l.Label) : RowVerdict.New(l.Row, l.Label)),
        ];

        public override Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            using var bulk = new BulkWriter(db);
            var added = _lines.Where(l => l is { New: not null, Main: null, Problems.Count: 0 }).ToList();
            bulk.Add(added.Select(l => l.New!), ct);
            bulk.Add(added.Select(l => new MeterReading(
                l.New!.Id, l.New.InstalledOn, l.Opening, ReadingSource.Opening, false, _by, _office.Now, Guid.NewGuid())), ct);
            if (added.Count > 0) db.Announce(new KeyChanged(FeesTopics.Meters, 0));
            progress(_lines.Count);
            return Task.FromResult<IReadOnlyList<ImportedEntity>>(
                [.. added.Select(l => new ImportedEntity(l.Row, l.New!.Id, IsNew: true, l.New.Version, null))]);
        }

        private Line Check(RowReader reader, Dictionary<(long, string), Line> seen)
        {
            var (kind, number, room) = (_known.KindOf(reader), reader.Code(KnownMeters.Number), _known.RoomOf(reader, isNeeded: true));
            var share = reader.Whole(Share, 1, MeterLimits.Share) ?? 1;
            var multiplier = reader.Fraction(Multiplier, 0.0001m, MeterLimits.Multiplier) ?? 1;
            if (decimal.Round(multiplier, 4) != multiplier) KnownMeters.Note(reader, Multiplier, "Import.TooFine", multiplier);
            var digits = reader.Whole(Digits, MeterLimits.LeastDigits, MeterLimits.MostDigits);
            var day = KnownMeters.DayOf(reader, InstalledOn, _office.Today);
            var opening = KnownMeters.ReadingOf(reader, Opening);
            var label = $"{kind?.Name} {number}".Trim();
            if (reader.Problems.Count > 0 || kind is null || number is null || room is not { } at)
                return new Line(reader.Number, label, null, 0, [.. reader.Problems]) { Main = Earlier() };

            var key = (kind.Id, CleanText.ComparisonKey(number));
            if (_known.ByNumber[key].FirstOrDefault(m => m.RemovedOn is null || m.InstalledOn == day) is { } stored)
            {
                var parts = stored.Rooms.Where(r => r.LastDay == stored.RemovedOn).ToList();
                var isSame = parts.Exists(r => r.RoomId == at && r.Share == share) && stored.Multiplier == multiplier
                    && (digits is null || digits == stored.Digits) && (day is null || day == stored.InstalledOn)
                    && (opening is null || opening == _openings.GetValueOrDefault(stored.Id));
                if (!isSame) KnownMeters.Note(reader, KnownMeters.Number, "Import.KnownOtherwise", number);
                return new Line(reader.Number, label, null, 0, [.. reader.Problems]) { IsSame = isSame };
            }
            var meter = new Meter(kind.Id, number, multiplier, digits ?? 6, day ?? _office.Today);
            if (opening >= meter.RollsOverAt) KnownMeters.Note(reader, Opening, "Refusal.TooManyDigits", meter.Digits);
            if (seen.TryGetValue(key, out var main))
            {
                var like = main.New;
                var differs = like is not null && ((opening ?? 0) != main.Opening
                    || (like.Multiplier, like.Digits, like.InstalledOn) != (meter.Multiplier, meter.Digits, meter.InstalledOn));
                if (differs) KnownMeters.Note(reader, KnownMeters.Number, "Import.DiffersFromRow", number, main.Row);
                else if (like?.Rooms.Any(r => r.RoomId == at) == true) KnownMeters.Note(reader, KnownMeters.Room, "Import.SameRoomTwice", main.Row);
                else like?.ShareWith(at, share, like.InstalledOn);
                return new Line(reader.Number, label, like, 0, [.. reader.Problems]) { Main = main };
            }
            meter.ShareWith(at, share, meter.InstalledOn);
            return seen[key] = new Line(reader.Number, label, meter, opening ?? 0, [.. reader.Problems]);

            Line? Earlier() => kind is null || number is null ? null : seen.GetValueOrDefault((kind.Id, CleanText.ComparisonKey(number)));
        }
    }
}
