using System.Reflection;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable EF1001 // The one way to give a test a newer app than the one that made the database.

namespace LogisticsAdmin.Tests.Support;

/// <summary>An app that is one migration newer than the real one, so that a current database is an older one to it.</summary>
internal sealed class OneMoreMigration(
    ICurrentDbContext db, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> log)
    : MigrationsAssembly(db, options, ids, log)
{
    public const string Id = "99990101000000_OneMore";
    public const string Index = "IX_OneMore";

    public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
        new SortedList<string, TypeInfo>(base.Migrations.ToDictionary(m => m.Key, m => m.Value)) { [Id] = typeof(Newer).GetTypeInfo() };

    public static void Install(IServiceCollection services) =>
        services.ConfigureDbContext<LogisticsDb>(db => db.ReplaceService<IMigrationsAssembly, OneMoreMigration>());

    [Migration(Id)]
    private sealed class Newer : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateIndex(Index, "People", "PhoneNumber");
    }
}
