using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <summary>Who has graduated left when the audit log says so; where it does not, their time starts now.</summary>
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AnonymisedAt",
                table: "People",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "GraduatedAt",
                table: "People",
                type: "INTEGER",
                nullable: true);

            // Moments are ticks since the year 1.
            migrationBuilder.Sql("""
                UPDATE "People" SET "GraduatedAt" = coalesce(
                    (SELECT max("At") FROM "Audit" WHERE "Entity" = 'Person' AND "EntityId" = "People"."Id" AND "Field" = 'Status' AND "New" IN ('Graduated', '4')),
                    CAST(strftime('%s', 'now') AS INTEGER) * 10000000 + 621355968000000000)
                WHERE "Status" = 4
                """);

            migrationBuilder.AddColumn<long>(
                name: "RowsRemovedAt",
                table: "ImportBatches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "RetentionRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Cutoff = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    IsStopped = table.Column<bool>(type: "INTEGER", nullable: false),
                    Removed = table.Column<int>(type: "INTEGER", nullable: true),
                    RemovedBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    LeftOut = table.Column<int>(type: "INTEGER", nullable: true),
                    Seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RetentionRuns_People_RequestedById",
                        column: x => x.RequestedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RetentionSettings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    InboxMonths = table.Column<int>(type: "INTEGER", nullable: true),
                    SignInMonths = table.Column<int>(type: "INTEGER", nullable: true),
                    ImportRowMonths = table.Column<int>(type: "INTEGER", nullable: true),
                    AuditMonths = table.Column<int>(type: "INTEGER", nullable: true),
                    PeopleMonths = table.Column<int>(type: "INTEGER", nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetentionSettings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RetentionRuns_RequestedById",
                table: "RetentionRuns",
                column: "RequestedById");

            migrationBuilder.CreateIndex(
                name: "IX_RetentionRuns_StartedAt",
                table: "RetentionRuns",
                column: "StartedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RetentionRuns");

            migrationBuilder.DropTable(
                name: "RetentionSettings");

            migrationBuilder.DropColumn(
                name: "AnonymisedAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "GraduatedAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "RowsRemovedAt",
                table: "ImportBatches");
        }
    }
}
