using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// Imports an existing repair log from a spreadsheet: one ticket per row, identified by its old number; a row that was imported before is
/// left unchanged. Open rows become New tickets and are triaged in the app. Columns are matched one by one, or by a mapping in the format
/// of the <c>import-log</c> command. For managers and administrators.
/// </summary>
public sealed class TicketLogImport(OfficeTime office, ServiceClockCache clockCache) : ImportKind
{
    /// <summary>The ticket source recorded for rows imported without a mapping.</summary>
    public const string Source = "spreadsheet";

    internal const string Number = "number", Submitted = "submitted", Ended = "ended", Status = "status", Category = "category", Urgent = "urgency",
        Building = "building", Room = "room", Description = "description", Reporter = "reporter", Technician = "technician",
        Rating = "rating", Cost = "cost";

    private static readonly RepairVerb[] BySystem = [RepairVerb.Submit, RepairVerb.Import, RepairVerb.BecomeOverdue, RepairVerb.Escalate];

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<TicketLogText>(
            Number, CellUse.Code, RepairLimits.SourceKey, "单号", "编号", "工单号", "报修单号", "流水号", "ticket", "number",
            "id") with { Required = true },
        ImportColumn.Of<TicketLogText>(
            Submitted, CellUse.Moment, 0, "报修日期", "提交时间", "受理时间", "登记时间", "created", "reported") with { Required = true },
        ImportColumn.Of<TicketLogText>(Ended, CellUse.Moment, 0, "完成时间", "完工时间", "结束时间", "维修时间", "closed", "finished"),
        ImportColumn.Of<TicketLogText>(Status, CellUse.Choice, 0, "处理状态", "进度") with
        {
            Choices =
            [
                ImportChoice.Of<TicketsText>(TicketStatus.New, ["未处理", "未完成", "处理中", "待处理", "open",
                    .. NamesOf("TicketStatus", TicketStatus.Triaged, TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress,
                        TicketStatus.OnHold, TicketStatus.Rework),
                    .. NamesOf("HeldFor", Enum.GetValues<HoldReason>())]),
                ImportChoice.Of<TicketsText>(TicketStatus.Closed, ["已完成", "完成", "已处理", "已修复", "办结", "done",
                    .. NamesOf("TicketStatus", TicketStatus.Completed)]),
                ImportChoice.Of<TicketsText>(TicketStatus.Rejected, "驳回", "不受理"),
                ImportChoice.Of<TicketsText>(TicketStatus.Cancelled, "撤销", "取消", "已取消"),
            ],
        },
        ImportColumn.Of<TicketLogText>(Category, CellUse.Text, 80, "报修类型", "维修类别", "故障类型", "项目", "type") with { Required = true },
        ImportColumn.Of<TicketLogText>(Urgent, CellUse.Choice, 0, "紧急程度", "优先级", "priority") with
        {
            Choices =
            [
                ImportChoice.Of<ServiceLevelsText>(Urgency.Emergency, "紧急", "特急"), ImportChoice.Of<ServiceLevelsText>(Urgency.Urgent, "较急"),
                ImportChoice.Of<ServiceLevelsText>(Urgency.Normal, "普通", "正常"), ImportChoice.Of<ServiceLevelsText>(Urgency.Major),
            ],
        },
        ImportColumn.Of<TicketLogText>(Building, CellUse.Text, 80, "楼宇", "楼号", "宿舍楼", "地点") with { Required = true },
        ImportColumn.Of<TicketLogText>(Room, CellUse.Code, 80, "房间号", "房号", "寝室", "宿舍号") with { Required = true },
        ImportColumn.Of<TicketLogText>(
            Description, CellUse.Text, RepairLimits.Description,
            "故障描述", "报修内容", "问题描述", "内容", "故障现象", "what is wrong") with { Required = true },
        ImportColumn.Of<TicketLogText>(Reporter, CellUse.Code, 120, "报修人学号", "报修人工号", "报修人姓名", "reporter", "reported by"),
        ImportColumn.Of<TicketLogText>(Technician, CellUse.Code, 120, "维修工", "维修人", "维修人员", "师傅", "处理人", "repaired by", "worker"),
        ImportColumn.Of<TicketLogText>(Rating, CellUse.WholeNumber, 0, "评价", "评分", "星级", "满意度", "rating", "stars") with
        {
            WithoutUnit = TypedUnit.Stars,
        },
        ImportColumn.Of<TicketLogText>(Cost, CellUse.Amount, 0, "维修费用", "金额", "材料费", "amount"),
    ];

    /// <summary>In both languages, as the product's own exports have them.</summary>
    private static IEnumerable<string> NamesOf<TEnum>(string prefix, params IEnumerable<TEnum> members) where TEnum : struct, Enum =>
        members.Select(m => LocalName.Of<TicketsText>($"{prefix}.{m}")).SelectMany(n => new[] { n.Zh, n.En });

    public override string Key => "tickets";
    public override LocalName Name => LocalName.Of<TicketLogText>("Import.Name");
    public override string ResultAddress => "repairs?view=All";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.IsManagement;

    public override Type MappingEditor => typeof(Parts.LogMappingEditor);

    public override Task<IReadOnlyList<FileMapping>> MappingsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<FileMapping>>(LogMapping.FromSeeds());

    public override FileMapping ParseMapping(byte[] file, LocalName name) => LogMapping.Of(file, name);

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct) =>
        input.Mapping is LogMapping mapping
            ? await new LogMapPlan(mapping.Map, office, clockCache).CheckRowsAsync(db, input, ct)
            : await ByColumnsAsync(db, input, ct);

    private async Task<ImportPlan> ByColumnsAsync(LogisticsDb db, ImportInput input, CancellationToken ct) => new LogPlan(office, clockCache, input)
    {
        Known = await db.RepairTickets.Where(t => t.Source == Source).Select(t => t.SourceKey!).ToHashSetAsync(ct),
        // An older log has other numbers, so the ones here are seldom needed.
        Own = input.Rows.Any(r => TicketNumber.BegunIn(r[Number].Text) is not null)
            ? await db.RepairTickets.Select(t => t.Number).ToHashSetAsync(StringComparer.OrdinalIgnoreCase, ct) : [],
        Categories = (await db.Categories.AsNoTracking().Living().Include(c => c.DefaultCrew).Where(c => c.ParentId != null).ToListAsync(ct))
            .SelectMany(c => c.Spellings.Select(n => (n, c))).GroupBy(x => x.n).ToDictionary(g => g.Key, g => g.First().c),
        Rooms = (await db.Rooms.AsNoTracking().Living().Include(r => r.Building).Where(r => r.Building.RetiredAt == null).ToListAsync(ct))
            .SelectMany(r => r.Building.Spellings.Select(b => (Key: (b, CleanText.ComparisonKey(r.Code)), r)))
            .GroupBy(x => x.Key).ToDictionary(g => g.Key, g => g.First().r),
        People = await LogPeople.ReadAsync(db, ct),
    }.CheckRows(ct);

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        List<SkippedRow> left = [];
        using var bulk = new BulkWriter(db);
        foreach (var some in entities.Chunk(500))
        {
            var ids = some.Select(t => t.Id).ToList();
            var tickets = await db.RepairTickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
            // Not by the version: the clock, a changed calendar and other imports raise it, too.
            var touched = await db.RepairEvents.Where(e => ids.Contains(e.TicketId) && !BySystem.Contains(e.Verb)).Select(e => e.TicketId).ToHashSetAsync(ct);
            foreach (var entity in some.Where(t => touched.Contains(t.Id)))
            {
                left.Add(new SkippedRow(entity.Row, tickets[entity.Id].Number, new RowProblem(null, typeof(TicketLogText), "Import.TouchedSince")));
                tickets.Remove(entity.Id);
            }
            ids = [.. tickets.Keys];
            await RepeatMarks.BeforeRemoveAsync(db, bulk, tickets.Values, ct);
            bulk.Remove(await db.Set<RepairPause>().AsNoTracking().Where(p => ids.Contains(p.TicketId)).ToListAsync(ct), ct);
            bulk.Remove(await db.RepairEvents.AsNoTracking().Where(e => ids.Contains(e.TicketId)).ToListAsync(ct), ct);
            bulk.Remove(tickets.Values, ct);
        }
        return left;
    }

    private sealed class LogPlan(OfficeTime office, ServiceClockCache clockCache, ImportInput input) : ImportPlan
    {
        private sealed record Draft(
            RowVerdict Verdict, string Key, Room? Room, Category? Category, Urgency Urgency, TicketStatus Status, DateTimeOffset At, DateTimeOffset? EndedAt,
            string Description, ImportedFacts? Facts, Money? Cost);

        private readonly List<Draft> _drafts = [];

        public required HashSet<string> Known { get; init; }

        /// <summary>Numbers of the tickets here: an export of them is no older log, whatever else its rows say.</summary>
        public required HashSet<string> Own { get; init; }
        public required Dictionary<string, Category> Categories { get; init; }
        public required Dictionary<(string Building, string Room), Room> Rooms { get; init; }
        public required LogPeople People { get; init; }

        public override IReadOnlyList<RowVerdict> Verdicts => [.. _drafts.Select(d => d.Verdict)];

        public LogPlan CheckRows(CancellationToken ct)
        {
            var reader = new RowReader(All, input.CountsFrom1904, office.Zone);
            Dictionary<string, int> seen = [];
            foreach (var row in input.Rows)
            {
                ct.ThrowIfCancellationRequested();
                reader.MoveTo(row);
                _drafts.Add(CheckRow(reader, seen));
                input.Progress(_drafts.Count);
            }
            return this;
        }

        public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            var clocks = await clockCache.CurrentAsync(ct);
            List<(int Row, RepairTicket Ticket)> made = [];
            foreach (var day in _drafts.Where(d => d.Verdict.Outcome == ImportOutcome.New).OrderBy(d => d.At).GroupBy(d => office.DayOf(d.At)))
            {
                var first = await db.TakeNumbersAsync(RepairTicket.Series, day.Key, day.Count(), ct);
                made.AddRange(day.Select((d, i) => (d.Verdict.Row, RepairTicket.Import(DayNumbers.Format(RepairTicket.Series, day.Key, first + i),
                    new Report(d.Room!, d.Category!.Id, d.Urgency, d.Description, null),
                    d.Status, d.At, d.EndedAt, Source, d.Key, d.Cost, clocks, office.Now, d.Facts))));
                progress(made.Count);
            }
            using var bulk = new BulkWriter(db);
            bulk.Add(made.Select(m => m.Ticket), ct);
            await RepeatMarks.AfterAddAsync(db, bulk, made.ConvertAll(m => m.Ticket), ct);
            return [.. made.Select(m => new ImportedEntity(m.Row, m.Ticket.Id, IsNew: true, m.Ticket.Version, null))];
        }

        private Draft CheckRow(RowReader reader, Dictionary<string, int> seen)
        {
            var key = reader.Code(Number) ?? "";
            if (Own.Contains(key) && seen.TryAdd(key, reader.Number))
                return new Draft(RowVerdict.Same(reader.Number, key), key, null, null, default, default, default, null, "", null, null);
            var (at, ended) = (Moment(reader, Submitted), Moment(reader, Ended));
            var status = reader.Choice<TicketStatus>(TicketLogImport.Status) ?? (ended is null ? TicketStatus.New : TicketStatus.Closed);
            var (building, code, wanted) = (reader.Text(TicketLogImport.Building), reader.Code(TicketLogImport.Room), reader.Text(TicketLogImport.Category));
            var description = reader.Text(TicketLogImport.Description) ?? "";
            var yuan = reader.Amount(TicketLogImport.Cost);
            Money? cost = yuan is { } amount ? Money.Round(amount) : null;
            var urgency = reader.Choice<Urgency>(Urgent);
            Room? room = null;
            Category? category = null;
            if (building is not null && code is not null && !Rooms.TryGetValue((CleanText.ComparisonKey(building), CleanText.ComparisonKey(code)), out room))
                Note(TicketLogImport.Room, "Import.UnknownRoom", building, code);
            if (wanted is not null && !Categories.TryGetValue(CleanText.ComparisonKey(wanted), out category))
                Note(TicketLogImport.Category, "Import.UnknownCategory", wanted);
            if (key.Length > 0 && !seen.TryAdd(key, reader.Number)) Note(Number, "Import.SameNumberTwice", seen[key]);
            if (at > office.Now) Note(Submitted, "Import.Future");
            if (ended > office.Now) Note(Ended, "Import.Future");
            if (ended < at) Note(Ended, "Import.EndsBeforeStart");
            if (yuan < 0) Note(TicketLogImport.Cost, "Import.Negative");
            var stars = reader.Whole(Rating, 1, 5);
            if (stars is not null && status != TicketStatus.Closed) Note(Rating, "Import.RatedUnclosed");
            var (facts, warnings) = People.FactsOf(Named(TicketLogImport.Reporter), Named(Technician), status, stars);
            var label = $"{key} {CleanText.Summary(description, 30)}".Trim();
            var verdict = reader.Problems.Count > 0 ? RowVerdict.Rejected(reader.Number, label, [.. reader.Problems])
                : Known.Contains(key) ? RowVerdict.Same(reader.Number, label) : RowVerdict.New(reader.Number, label, warnings);
            return new Draft(verdict, key, room, category, urgency ?? category?.DefaultUrgency ?? Urgency.Normal, status, at ?? default,
                status == TicketStatus.New ? null : ended ?? at, description, facts, cost);

            NamedCell Named(string column) => new(input.Titles.GetValueOrDefault(column), reader.Code(column));

            void Note(string column, string problem, params IReadOnlyList<object?> args) =>
                reader.AddProblem(new RowProblem(column, typeof(TicketLogText), problem, args));
        }

        private DateTimeOffset? Moment(RowReader reader, string column) =>
            reader.Moment(column) is { } wall ? office.At(DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall)) : null;
    }
}
