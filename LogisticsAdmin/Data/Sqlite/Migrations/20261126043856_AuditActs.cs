using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AuditActs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Act",
                table: "Audit",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Themes and languages are of no use to an auditor and are no longer recorded.
            migrationBuilder.Sql("""DELETE FROM "Audit" WHERE "Entity" = 'Person' AND "Field" IN ('DarkMode', 'Language')""");

            // What one person changed with less than a second (10,000,000 ticks) between two entries was one act. Its number is the id of its
            // first entry, so later acts have higher numbers.
            migrationBuilder.Sql("""
                UPDATE "Audit" SET "Act" = "Numbered"."First"
                FROM (
                    SELECT "Id", MIN("Id") OVER (PARTITION BY "Group") AS "First"
                    FROM (
                        SELECT "Id", SUM("Starts") OVER (ORDER BY "Id") AS "Group"
                        FROM (
                            SELECT "Id", CASE WHEN "ActorId" IS LAG("ActorId") OVER "InOrder"
                                AND ABS("At" - LAG("At") OVER "InOrder") < 10000000 THEN 0 ELSE 1 END AS "Starts"
                            FROM "Audit" WINDOW "InOrder" AS (ORDER BY "Id")))) AS "Numbered"
                WHERE "Numbered"."Id" = "Audit"."Id"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Act",
                table: "Audit",
                column: "Act");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Audit_Act",
                table: "Audit");

            migrationBuilder.DropColumn(
                name: "Act",
                table: "Audit");
        }
    }
}
