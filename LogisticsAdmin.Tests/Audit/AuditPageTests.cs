using System.Net;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Audit;

/// <summary>The audit log in the whole app: who may open it, and the exported file.</summary>
public sealed class AuditPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administrators_export_what_the_address_narrows_and_nobody_else_anything()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct));
        var admin = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Administrator).Select(p => p.Id).SingleAsync(Ct));
        // A day later than the entries that the start of the app wrote.
        await app.InDatabaseAsync(async db =>
        {
            db.Audit.AddRange(
                Entry(student.Id, nameof(Person.RoomId), null, $"{student.RoomId}", admin, minute: 0),
                Entry(student.Id, nameof(Person.MustChangePassword), "True", "False", null, minute: 1),
                Entry(student.Id, nameof(Person.StatusBecause), null, "=1+1", admin, minute: 2),
                Entry(admin, nameof(Person.Grade), null, "2026", admin, minute: 3));
            return await db.SaveChangesAsync(Ct);
        });
        var client = await app.SignInAsync(TestUsers.Administrator);

        var rows = new ReadBack(await client.GetByteArrayAsync($"/exports/audit.xlsx?entity=Person&id={student.Id}&from=2026-11-23&to=2026-11-23", Ct)).Rows;

        Assert.Equal(["时间", "操作人", "对象类型", "对象", "对象编号", "字段", "原值", "新值"], rows[0]);
        Assert.Equal(
            [("郑海涛", "状态原因", "", "=1+1"), ("系统", "须改密码", "是", "否"), ("郑海涛", "房间", "", "竹园3号楼 512")],
            rows.Skip(1).Select(r => ((string)r[1]!, (string)r[5]!, (string?)r[6] ?? "", (string?)r[7] ?? "")));
        Assert.All(rows.Skip(1), r => Assert.Equal(
            ("人员", "王小雨", (double)student.Id, new DateTime(2026, 11, 23)),
            ((string)r[2]!, (string)r[3]!, (double)r[4]!, ((DateTime)r[0]!).Date)));
        var csv = await client.GetStringAsync($"/exports/audit.csv?id={student.Id}&field=StatusBecause", Ct);
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Visitor().GetAsync("/exports/audit.xlsx", Ct)).StatusCode);
        foreach (var who in new[] { TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var other = await app.SignInAsync(who);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/exports/audit.csv", Ct)).StatusCode);
            using var page = await other.GetAsync("/audit", Ct);
            Assert.Contains("/access-denied", page.Headers.Location?.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/audit?entity=Person&id=abc&from=x", Ct)).StatusCode);
    }

    private static AuditEntry Entry(long personId, string field, string? old, string? now, long? actor, int minute) => new()
    {
        Entity = nameof(Person),
        EntityId = personId,
        Field = field,
        Old = old,
        New = now,
        At = TestHost.Start.AddDays(1).AddMinutes(minute),
        ActorId = actor,
    };
}
