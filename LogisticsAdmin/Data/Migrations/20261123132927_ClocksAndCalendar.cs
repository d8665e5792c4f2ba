using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class ClocksAndCalendar : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ServiceTimes");

            migrationBuilder.AddColumn<long>(
                name: "AnsweredAt",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "AskedLate",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "AskedMinutes",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CompletionStep",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ExtraMinutes",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsResponseLate",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "PausedLeftMinutes",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PromisedAt",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Repeats",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "RespondedAt",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ResponseDueAt",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "ResponseStep",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ServiceLevelId",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Transfers",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "LeadId",
                table: "Crews",
                type: "INTEGER",
                nullable: true);

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
                name: "EscalationSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Clock = table.Column<int>(type: "INTEGER", nullable: false),
                    OffsetMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    Audience = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EscalationSteps", x => x.Id);
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

            migrationBuilder.CreateTable(
                name: "RepairPauses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairPauses", x => x.Id);
                    table.CheckConstraint("CK_RepairPauses_Order", "\"To\" IS NULL OR \"To\" >= \"From\"");
                    table.ForeignKey(
                        name: "FK_RepairPauses_RepairTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "RepairTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceLevels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Urgency = table.Column<int>(type: "INTEGER", nullable: false),
                    CategoryId = table.Column<long>(type: "INTEGER", nullable: true),
                    ResponseMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    CompletionMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    RoundTheClock = table.Column<bool>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    SetById = table.Column<long>(type: "INTEGER", nullable: true),
                    Why = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceLevels", x => x.Id);
                    table.CheckConstraint("CK_ServiceLevels_Limits", "\"ResponseMinutes\" > 0 AND \"CompletionMinutes\" > 0");
                    table.ForeignKey(
                        name: "FK_ServiceLevels_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceLevels_People_SetById",
                        column: x => x.SetById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_AskedMinutes_Pressing",
                table: "RepairTickets",
                columns: new[] { "AskedMinutes", "Pressing" },
                filter: "\"AskedMinutes\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_RoomId_CategoryId_SubmittedAt",
                table: "RepairTickets",
                columns: new[] { "RoomId", "CategoryId", "SubmittedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_ServiceLevelId",
                table: "RepairTickets",
                column: "ServiceLevelId");

            migrationBuilder.CreateIndex(
                name: "IX_Crews_LeadId",
                table: "Crews",
                column: "LeadId");

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
                name: "IX_EscalationSteps_Clock_OffsetMinutes_Audience",
                table: "EscalationSteps",
                columns: new[] { "Clock", "OffsetMinutes", "Audience" },
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_RepairPauses_Open",
                table: "RepairPauses",
                column: "TicketId",
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RepairPauses_TicketId_From",
                table: "RepairPauses",
                columns: new[] { "TicketId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceLevels_CategoryId",
                table: "ServiceLevels",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceLevels_InForce",
                table: "ServiceLevels",
                column: "Urgency",
                unique: true,
                filter: "\"Until\" IS NULL AND \"CategoryId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceLevels_InForceOfCategory",
                table: "ServiceLevels",
                columns: new[] { "Urgency", "CategoryId" },
                unique: true,
                filter: "\"Until\" IS NULL AND \"CategoryId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceLevels_SetById",
                table: "ServiceLevels",
                column: "SetById");

            migrationBuilder.AddForeignKey(
                name: "FK_Crews_People_LeadId",
                table: "Crews",
                column: "LeadId",
                principalTable: "People",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_RepairTickets_ServiceLevels_ServiceLevelId",
                table: "RepairTickets",
                column: "ServiceLevelId",
                principalTable: "ServiceLevels",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            // What older tickets did is in their timelines; open ones are dated anew at the start, by levels and calendar.
            migrationBuilder.Sql("""
                INSERT INTO "RepairPauses" ("TicketId", "From", "To", "Reason")
                SELECT h."TicketId", h."At",
                    (SELECT n."At" FROM "RepairEvents" n WHERE n."TicketId" = h."TicketId" AND n."Id" > h."Id" AND n."To" <> 6 ORDER BY n."Id" LIMIT 1),
                    CASE h."Code" WHEN 'Parts' THEN 1 WHEN 'Access' THEN 2 WHEN 'Contractor' THEN 3 WHEN 'Approval' THEN 4 END
                FROM "RepairEvents" h WHERE h."Verb" = 9;

                INSERT INTO "RepairPauses" ("TicketId", "From", "To", "Reason")
                SELECT b."TicketId",
                    (SELECT c."At" FROM "RepairEvents" c WHERE c."TicketId" = b."TicketId" AND c."Id" < b."Id" AND c."Verb" = 11 ORDER BY c."Id" DESC LIMIT 1),
                    b."At", NULL
                FROM "RepairEvents" b WHERE b."Verb" = 18
                    AND EXISTS (SELECT 1 FROM "RepairEvents" c WHERE c."TicketId" = b."TicketId" AND c."Id" < b."Id" AND c."Verb" = 11);

                UPDATE "RepairTickets" SET
                    "Pressing" = (CASE WHEN "Status" = 6 THEN 2 ELSE CASE "Pressing" >> 61 WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 4 END END << 60)
                        + (("Pressing" & 2305843009213693951) >> 1),
                    "ResponseDueAt" = "DueAt",
                    "RespondedAt" = (SELECT min(e."At") FROM "RepairEvents" e WHERE e."TicketId" = "RepairTickets"."Id" AND e."Verb" NOT IN (1, 23) AND e."To" NOT IN (1, 11)),
                    "AnsweredAt" = (SELECT min(e."At") FROM "RepairEvents" e WHERE e."TicketId" = "RepairTickets"."Id"
                        AND (e."Verb" IN (3, 11) OR (e."Verb" = 16 AND e."Internal" = 0 AND e."ActorId" IS NOT "RepairTickets"."ReporterId"))),
                    "Transfers" = (SELECT count(*) FROM "RepairEvents" e WHERE e."TicketId" = "RepairTickets"."Id" AND e."Verb" = 7);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Crews_People_LeadId",
                table: "Crews");

            migrationBuilder.DropForeignKey(
                name: "FK_RepairTickets_ServiceLevels_ServiceLevelId",
                table: "RepairTickets");

            migrationBuilder.DropTable(
                name: "CalendarSpans");

            migrationBuilder.DropTable(
                name: "EscalationSteps");

            migrationBuilder.DropTable(
                name: "OfficeSlots");

            migrationBuilder.DropTable(
                name: "RepairPauses");

            migrationBuilder.DropTable(
                name: "ServiceLevels");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_AskedMinutes_Pressing",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_RoomId_CategoryId_SubmittedAt",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_ServiceLevelId",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_Crews_LeadId",
                table: "Crews");

            migrationBuilder.DropColumn(
                name: "AnsweredAt",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "AskedLate",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "AskedMinutes",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "CompletionStep",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "ExtraMinutes",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "IsResponseLate",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "PausedLeftMinutes",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "PromisedAt",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "Repeats",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "RespondedAt",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "ResponseDueAt",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "ResponseStep",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "ServiceLevelId",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "Transfers",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "LeadId",
                table: "Crews");

            migrationBuilder.CreateTable(
                name: "ServiceTimes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Hours = table.Column<int>(type: "INTEGER", nullable: false),
                    Urgency = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceTimes", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTimes_Urgency",
                table: "ServiceTimes",
                column: "Urgency",
                unique: true);
        }
    }
}
