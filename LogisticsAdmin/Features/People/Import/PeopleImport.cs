using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.People.Import;

/// <summary>
/// Imports new people and changes from a spreadsheet; people are identified by their number. Administrators only, so that nobody gains roles
/// through a file. An empty cell leaves the stored value unchanged. New people have no password; they get a one-time code later.
/// </summary>
public sealed class PeopleImport(CurrentUser user, TimeProvider clock, IEnumerable<IBedClaim> claims) : ImportKind
{
    public const string Restore = "restore";

    internal const string Number = "number", FullName = "name", Gender = "gender", Roles = "roles", Status = "status", College = "college", Major = "major",
        ClassName = "class", Grade = "grade", Phone = "phone", Email = "email", Campus = "campus", Building = "building", Room = "room", Bed = "bed",
        Crew = "crew", UserName = "user-name";

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<PeopleImportText>(
            Number, CellUse.Code, PeopleLimits.Number,
            "学号", "工号", "学工号", "学籍号", "编号", "人员编号", "学生编号", "考生号",
            "student no", "student id", "staff no", "id", "student or staff number") with { Required = true, UnlessGiven = UserName },
        ImportColumn.Of<PeopleImportText>(UserName, CellUse.Code, PeopleLimits.UserName, "登录名", "账号", "login", "account"),
        ImportColumn.Of<PeopleImportText>(FullName, CellUse.Text, PeopleLimits.FullName, "学生姓名", "名字", "name", "student name"),
        ImportColumn.Of<PeopleImportText>(Gender, CellUse.Choice, 0, "sex") with
        {
            Choices =
            [
                // The digits are those of GB/T 2261.1.
                ImportChoice.Of<PeopleImportText>(Security.Gender.Male, "男生", "男性", "m", "1"),
                ImportChoice.Of<PeopleImportText>(Security.Gender.Female, "女生", "女性", "f", "2"),
                ImportChoice.Of<PeopleImportText>(Security.Gender.Unknown, "未填写", "未知", "0", "9"),
            ],
        },
        ImportColumn.Of<PeopleImportText>(Roles, CellUse.Choices, 0, "身份", "人员类别", "role") with
        {
            Choices =
            [
                ImportChoice.Of<PeopleText>(Role.Resident, "学生", "住户", "教师"),
                ImportChoice.Of<PeopleText>(Role.Technician, "维修员", "维修工"),
                ImportChoice.Of<PeopleText>(Role.Dispatcher, "调度", "客服"),
                ImportChoice.Of<PeopleText>(Role.Manager, "主任"),
                ImportChoice.Of<PeopleText>(Role.Administrator),
            ],
        },
        ImportColumn.Of<PeopleImportText>(Status, CellUse.Choice, 0, "在校状态", "学籍状态", "人员状态") with
        {
            Choices =
            [
                ImportChoice.Of<PeopleImportText>(PersonStatus.Expected, "待报到", "预录取", "否"),
                ImportChoice.Of<PeopleImportText>(PersonStatus.Active, "在册", "在校", "在读", "在职", "已报到"),
                ImportChoice.Of<PeopleImportText>(PersonStatus.Disabled, "禁用", "休学"),
                ImportChoice.Of<PeopleImportText>(PersonStatus.Graduated, "毕业", "离校", "离职"),
            ],
        },
        ImportColumn.Of<PeopleImportText>(College, CellUse.Text, PeopleLimits.Study, "院系", "学部", "部门", "系", "department"),
        ImportColumn.Of<PeopleImportText>(Major, CellUse.Text, PeopleLimits.Study, "专业名称", "岗位"),
        ImportColumn.Of<PeopleImportText>(ClassName, CellUse.Text, PeopleLimits.Study, "班级名称", "行政班", "所在班级"),
        ImportColumn.Of<PeopleImportText>(Grade, CellUse.WholeNumber, 0, "入学年份", "届", "year", "entry year") with { WithoutUnit = TypedUnit.Year },
        ImportColumn.Of<PeopleImportText>(
            Phone, CellUse.Phone, PeopleLimits.Phone, "手机", "电话", "手机号码", "联系电话", "联系方式", "mobile", "tel", "phone number"),
        ImportColumn.Of<PeopleImportText>(Email, CellUse.Code, PeopleLimits.Email, "电子邮箱", "电子邮件", "mail"),
        ImportColumn.Of<PeopleImportText>(Campus, CellUse.Text, 80, "所在校区"),
        ImportColumn.Of<PeopleImportText>(Building, CellUse.Text, 80, "宿舍楼", "楼宇", "公寓", "楼号", "楼", "dormitory"),
        ImportColumn.Of<PeopleImportText>(Room, CellUse.Code, 80, "房号", "寝室", "寝室号", "宿舍号", "宿舍", "房间号", "room no"),
        ImportColumn.Of<PeopleImportText>(Bed, CellUse.Code, 20, "床号", "床位号", "铺位", "bed no"),
        ImportColumn.Of<PeopleImportText>(Crew, CellUse.Text, 80, "维修班组", "组别"),
    ];

    public const string KindKey = "people";

    public override string Key => KindKey;
    public override LocalName Name => LocalName.Of<PeopleImportText>("Import.Name");
    public override string ResultAddress => "people";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override IReadOnlyList<ImportOption> Options =>
        [new(Restore, LocalName.Of<PeopleImportText>("Import.Restore"), LocalName.Of<PeopleImportText>("Import.RestoreHint"))];

    public override bool MayImport(Actor actor) => actor.MayManagePeople();

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var plan = new PeoplePlan(await KnownPeople.ReadAsync(db, ct), input, user.Actor.PersonId, clock.GetUtcNow(), ct);
        await plan.JudgeBedsAsync(db, claims, ct);
        return plan;
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        var known = await KnownPeople.ReadAsync(db, ct);
        var (now, writer, left) = (clock.GetUtcNow(), new PeopleWriter(db, known, user.Actor.PersonId, clock.GetUtcNow()), new List<SkippedRow>());
        List<PersonChange> changes = [];
        var administrators = known.Administrators.ToHashSet();
        var before = entities.ToDictionary(e => e.Id, e => e.IsNew ? null : JsonSerializer.Deserialize<PersonSnapshot>(e.Before!));
        var promised = await claims.ClaimedByOthersAsync(
            db, [.. before.Where(b => GetsBed(b.Key, b.Value)).Select(b => (b.Value!.BedId!.Value, (long?)b.Key))], ct);
        foreach (var entity in entities)
        {
            ct.ThrowIfCancellationRequested();
            if (!known.ById.TryGetValue(entity.Id, out var person)) continue;
            var was = before[entity.Id];
            var why = person.Version != entity.Version ? Why("Import.TouchedSince")
                : was?.BedId is { } bed && known.BedOf.TryGetValue(bed, out var other) && other != person.Id
                    ? Why("Import.BedTaken", known.ById[other].FullName)
                : was?.BedId is { } own && promised.TryGetValue((own, person.Id), out var whose) ? Why("Import.BedPromised", whose)
                : was?.ConfirmedEmail is { } email && known.Names.TryGetValue(SignInName.Normalize(email), out var owner) && owner != person.Id
                    ? Why("Import.EmailTaken", email)
                : null;
            if (why is null && !(was?.Roles.Contains(Role.Administrator) ?? false) && administrators.Contains(person.Id))
            {
                if (administrators.Count == 1) why = Why("Import.LastAdministrator");
                else administrators.Remove(person.Id);
            }
            if (why is not null)
            {
                left.Add(new SkippedRow(entity.Row, $"{person.Number} {person.FullName}", why));
                continue;
            }
            var after = was ?? PersonSnapshot.Of(person, known.RolesOf(person.Id)) with { RoomId = null, BedId = null };
            changes.Add(new PersonChange(entity.Row, person, after, Deletes: was is null || was.IsDeleted));
        }
        await writer.ChangeAsync(changes, _ => { }, ct);
        return left;

        bool GetsBed(long id, PersonSnapshot? was) =>
            was is { BedId: not null, IsDeleted: false } && known.ById.TryGetValue(id, out var person) && person.BedId != was.BedId;

        static RowProblem Why(string code, params IReadOnlyList<object?> args) => new(null, typeof(PeopleImportText), code, args);
    }
}
