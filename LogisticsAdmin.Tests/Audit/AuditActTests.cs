using System.Globalization;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Audit;

/// <summary>The log tells one act in one line, in words of the office, whatever was changed at once.</summary>
public sealed class AuditActTests
{
    private const string Three = """
        学号,姓名,角色
        20269901,张三,住户
        20269902,李四,住户
        20269903,王五,住户
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_limit_is_told_as_one_change_in_hours_although_a_new_level_replaces_the_old()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var level = (await manager.Get<ServiceLevelService>().ReadAsync(Ct)).First(l => l is { Urgency: Urgency.Normal, Category: null, Until: null });
        await manager.Get<ServiceLevelService>().SetAsync(new LevelForm
        {
            Urgency = Urgency.Normal,
            ResponseHours = level.ResponseMinutes / 60m,
            CompletionHours = 15,
            ExpectedLevelId = level.Id,
            Why = "试行",
        }, Ct);

        var hours = (level.CompletionMinutes / 60m).ToString("0.##", CultureInfo.InvariantCulture);
        Assert.Equal($"沈国栋 将 一般·办结 {hours} → 15 小时", (await LinesAsync(host, Languages.Chinese))[0]);
        Assert.Equal($"沈国栋 changed Normal · Completion from {hours} to 15 h", (await LinesAsync(host, Languages.English))[0]);
    }

    [Fact]
    public async Task Several_fields_of_a_person_are_one_line_and_unfold_into_each()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var people = admin.Get<PeopleService>();
        var row = (await people.ListAsync(new PeopleFilter { Text = "王小雨" }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident);
        await people.SaveAsync(row.Id, new PersonForm
        {
            Version = row.Version,
            UserName = row.UserName,
            FullName = "王晓雨",
            Number = row.Number,
            Phone = "13900000009",
            Email = row.Email,
            RoomId = row.RoomId,
            Roles = [Role.Resident, Role.Dispatcher],
        }, Ct);

        Assert.Matches("^郑海涛 修改了人员 王晓雨 的.*姓名.*$", (await LinesAsync(host, Languages.Chinese))[0]);
        var audit = admin.Get<AuditService>();
        var act = (await audit.ListAsync(new AuditFilter(), ct: Ct)).Items[0];
        var fields = (await audit.FieldsAsync(act.Id, new AuditFilter(), ct: Ct)).Items.Select(r => r.Field).ToList();
        foreach (var field in new[] { nameof(Person.FullName), nameof(Person.PhoneNumber), nameof(Role) }) Assert.Contains(field, fields);
        Assert.Equal(1, await audit.CountAsync(new AuditFilter { Who = "郑海涛" }, Ct));
    }

    [Fact]
    public async Task An_import_is_one_line_and_so_is_its_undo_and_its_things_unfold_in_windows()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (batch, _) = await admin.ImportAsync("people", Three);
        var audit = admin.Get<AuditService>();

        Assert.Equal("郑海涛 导入了 名单.csv，共 3 项", Assert.Single(await LinesAsync(host, Languages.Chinese)));
        await admin.Get<ImportService>().UndoAsync(batch, Ct);
        Assert.Equal(
            ["郑海涛 撤销了导入 名单.csv，共 3 项", "郑海涛 导入了 名单.csv，共 3 项"], await LinesAsync(host, Languages.Chinese));
        Assert.Equal("郑海涛 undid the import 名单.csv, 3 items", (await LinesAsync(host, Languages.English))[0]);

        // Narrowed to one of them, the line and its fields are about that person.
        var one = new AuditFilter { Thing = "李四" };
        var acts = (await audit.ListAsync(one, ct: Ct)).Items;
        Assert.Equal(2, acts.Count);
        Assert.All(acts, a => Assert.Equal("李四", a.First.Thing.Zh));
        Assert.All((await audit.FieldsAsync(acts[0].Id, one, ct: Ct)).Items, r => Assert.Equal("李四", r.Thing.Zh));
    }

    [Fact]
    public async Task Fields_of_a_large_act_are_read_window_by_window()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(db =>
        {
            db.Audit.AddRange(Enumerable.Range(1, 120).Select(n => new LogisticsAdmin.Data.AuditEntry
            {
                Entity = "Vanished",
                EntityId = n,
                Field = "Colour",
                Old = "a",
                New = "b",
                At = TestHost.Start,
            }));
            return db.SaveChangesAsync(Ct);
        });
        var audit = (await host.AsAsync(TestUsers.Administrator)).Get<AuditService>();
        var act = Assert.Single((await audit.ListAsync(new AuditFilter { Entity = "Vanished" }, ct: Ct)).Items);
        Assert.Equal(120, act.Things);

        List<AuditRow> read = [];
        AuditCursor? next = null;
        do
        {
            var window = await audit.FieldsAsync(act.Id, new AuditFilter(), next, Ct);
            read.AddRange(window.Items);
            next = window.Next;
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(1, 120).Select(n => (long)n), read.Select(r => r.EntityId));
        Assert.Equal("系统 将 vanished #1·Colour a → b 等 120 项", (await LinesAsync(host, Languages.Chinese, bySystem: true))[0]);
    }

    [Fact]
    public async Task What_people_choose_for_themselves_is_not_recorded()
    {
        await using var host = await TestHost.OpenAsync();
        var before = await host.InDatabaseAsync(db => db.Audit.CountAsync(Ct));
        await host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.FirstAsync(p => p.UserName == TestUsers.Resident, Ct);
            person.SetLanguage(Languages.English);
            person.SetDarkMode(darkMode: true);
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Equal(before, await host.InDatabaseAsync(db => db.Audit.CountAsync(Ct)));
    }

    /// <summary>What people did, or also what the app itself did, the newest first.</summary>
    private static async Task<IReadOnlyList<string>> LinesAsync(TestHost host, string language, bool bySystem = false)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var display = admin.Get<AuditDisplay>();
        var acts = (await admin.Get<AuditService>().ListAsync(new AuditFilter(), ct: Ct)).Items;
        return [.. acts.Where(a => bySystem || a.Actor is not null).Select(a => $"{display.Actor(a.Actor)} {display.Act(a)}")];
    }
}
