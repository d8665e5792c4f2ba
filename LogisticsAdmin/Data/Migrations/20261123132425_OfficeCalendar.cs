using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class OfficeCalendar : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CalendarSpans",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SourceKey = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarSpans", x => x.Id);
                    table.CheckConstraint("CK_CalendarSpans_Kind", "\"Kind\" IN (1, 2, 3)");
                    table.CheckConstraint("CK_CalendarSpans_Order", "\"To\" >= \"From\"");
                });

            migrationBuilder.CreateTable(
                name: "OfficeSlots",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Season = table.Column<int>(type: "INTEGER", nullable: false),
                    DayOfWeek = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    To = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OfficeSlots", x => x.Id);
                    table.CheckConstraint("CK_OfficeSlots_DayOfWeek", "\"DayOfWeek\" BETWEEN 0 AND 6");
                    table.CheckConstraint("CK_OfficeSlots_Order", "\"To\" > \"From\" OR \"To\" = '00:00:00'");
                    table.CheckConstraint("CK_OfficeSlots_Season", "\"Season\" IN (1, 2)");
                });

            migrationBuilder.CreateIndex(
                name: "IX_CalendarSpans_Kind_From",
                table: "CalendarSpans",
                columns: new[] { "Kind", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CalendarSpans_Kind_To",
                table: "CalendarSpans",
                columns: new[] { "Kind", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CalendarSpans_SourceKey",
                table: "CalendarSpans",
                column: "SourceKey",
                unique: true,
                filter: "\"SourceKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OfficeSlots_Season_DayOfWeek_From",
                table: "OfficeSlots",
                columns: new[] { "Season", "DayOfWeek", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OfficeSlots_Season_DayOfWeek_To",
                table: "OfficeSlots",
                columns: new[] { "Season", "DayOfWeek", "To" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CalendarSpans");

            migrationBuilder.DropTable(
                name: "OfficeSlots");
        }
    }
}
