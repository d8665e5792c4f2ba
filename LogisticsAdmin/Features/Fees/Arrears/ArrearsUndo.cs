using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Undo of changes to thresholds, examination periods and the rule of leaks, for administrators. Its things are the kinds of fees with their thresholds,
/// the examination periods, and the one rule of leaks.
/// </summary>
public sealed class ArrearsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<ArrearsText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The values of what is not there.</summary>
    internal const string Nothing = "null";

    internal const long OfLeaks = 2;

    private const int Sorts = 3;

    private sealed record Exam(DateOnly From, DateOnly To, string Name);

    private sealed record Leak(bool IsOn, long? CategoryId, long DailyFen, DateOnly Since);

    internal static long OfTerms(long kindId) => kindId * Sorts;

    internal static long OfExam(long examId) => examId * Sorts + 1;

    protected override string Kind => "fee-arrears";

    protected override void Demand(Actor actor) => actor.DemandPublishRates();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var (kinds, exams) = (KindsOf(ids), ExamsOf(ids));
        var terms = await db.ArrearsSettings.AsNoTracking().Where(s => kinds.Contains(s.FeeKindId)).ToDictionaryAsync(s => OfTerms(s.FeeKindId), ct);
        var periods = await db.ExamPeriods.AsNoTracking().Where(e => exams.Contains(e.Id)).ToDictionaryAsync(e => OfExam(e.Id), ct);
        var leak = ids.Contains(OfLeaks) ? await db.LeakSettings.AsNoTracking().SingleOrDefaultAsync(ct) : null;
        return ids.ToDictionary(id => id, id => (id % Sorts) switch
        {
            0 => terms.TryGetValue(id, out var setting) ? JsonSerializer.Serialize(setting.Terms) : Nothing,
            1 => periods.TryGetValue(id, out var period) ? JsonSerializer.Serialize(new Exam(period.From, period.To, period.Name)) : Nothing,
            _ => leak is null ? Nothing : JsonSerializer.Serialize(new Leak(leak.IsOn, leak.CategoryId, leak.DailyFen, leak.Since)),
        });
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var (kinds, exams) = (KindsOf(ids), ExamsOf(ids));
        var names = (await db.FeeKinds.AsNoTracking().Where(k => kinds.Contains(k.Id)).ToListAsync(ct))
            .ToDictionary(k => OfTerms(k.Id), k => k.LocalName.ToString());
        foreach (var exam in await db.ExamPeriods.AsNoTracking().Where(e => exams.Contains(e.Id)).ToListAsync(ct)) names[OfExam(exam.Id)] = exam.Name;
        if (ids.Contains(OfLeaks)) names[OfLeaks] = words["Leak.Title"];
        return names;
    }

    protected override string AddressOf(long id) => "settings/arrears";

    protected override string Did(string act) => words[$"ArrearsAct.{act}"];

    protected override string Counted(int count) => words["UndoSettings", count];

    protected override async Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        switch (id % Sorts)
        {
            case 0:
                var kind = id / Sorts;
                var setting = await db.ArrearsSettings.Where(s => s.FeeKindId == kind).Select(s => s.Id).SingleOrDefaultAsync(ct);
                return await db.LastChangedByAsync<ArrearsSetting>(setting, ct);
            case 1:
                return await db.LastChangedByAsync<ExamPeriod>(id / Sorts, ct);
            default:
                return await db.LastChangedByAsync<LeakSetting>(await db.LeakSettings.Select(s => s.Id).SingleOrDefaultAsync(ct), ct);
        }
    }

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        switch (id % Sorts)
        {
            case 0:
                await RestoreTermsAsync(db, id / Sorts, JsonSerializer.Deserialize<ArrearsTerms?>(before), ct);
                break;
            case 1:
                await RestoreExamAsync(db, id / Sorts, JsonSerializer.Deserialize<Exam?>(before), ct);
                break;
            default:
                var leak = await db.LeakSettings.SingleAsync(ct);
                if (JsonSerializer.Deserialize<Leak?>(before) is { } was) leak.Return(was.IsOn, was.CategoryId, was.DailyFen, was.Since);
                else db.LeakSettings.Remove(leak);
                break;
        }
        db.Announce(new KeyChanged(ArrearsTopics.Reminders, 0));
    }

    private static async Task RestoreTermsAsync(LogisticsDb db, long kindId, ArrearsTerms? was, CancellationToken ct)
    {
        var setting = await db.ArrearsSettings.SingleAsync(s => s.FeeKindId == kindId, ct);
        if (was is null) db.ArrearsSettings.Remove(setting);
        else setting.Set(was);
    }

    private static async Task RestoreExamAsync(LogisticsDb db, long examId, Exam? was, CancellationToken ct)
    {
        var period = await db.ExamPeriods.SingleOrDefaultAsync(e => e.Id == examId, ct);
        if (was is null)
        {
            db.ExamPeriods.Remove(period!);
            return;
        }
        if (await ArrearsSettingService.OverlappingAsync(db, was.From, was.To, examId, ct) is { } other)
            throw Rejected.Because<ArrearsText>("Overlaps", other);
        if (period is null) db.ExamPeriods.Add(new ExamPeriod(was.From, was.To, was.Name));
        else period.Set(was.From, was.To, was.Name);
    }

    private static List<long> KindsOf(IEnumerable<long> ids) => [.. ids.Where(id => id % Sorts == 0).Select(id => id / Sorts)];

    private static List<long> ExamsOf(IEnumerable<long> ids) => [.. ids.Where(id => id % Sorts == 1).Select(id => id / Sorts)];
}
