using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class CraftOfTriage : Migration
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
                name: "Absences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    StandInId = table.Column<long>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EnteredById = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Absences", x => x.Id);
                    table.CheckConstraint("CK_Absences_Days", "\"To\" >= \"From\"");
                    table.CheckConstraint("CK_Absences_StandIn", "\"StandInId\" IS NULL OR \"StandInId\" <> \"PersonId\"");
                    table.ForeignKey(
                        name: "FK_Absences_People_CancelledById",
                        column: x => x.CancelledById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Absences_People_EnteredById",
                        column: x => x.EnteredById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Absences_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Absences_People_StandInId",
                        column: x => x.StandInId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

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
                name: "CannedReplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    TextEn = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Shortcut = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Internal = table.Column<bool>(type: "INTEGER", nullable: false),
                    Verb = table.Column<int>(type: "INTEGER", nullable: true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CannedReplies", x => x.Id);
                    table.CheckConstraint("CK_CannedReplies_Text", "\"Text\" <> '' OR \"TextEn\" <> ''");
                    table.ForeignKey(
                        name: "FK_CannedReplies_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CannedReplies_People_RetiredById",
                        column: x => x.RetiredById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChangeSets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ActorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Verb = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeSets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChangeSets_People_ActorId",
                        column: x => x.ActorId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeskLooks",
                columns: table => new
                {
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Density = table.Column<int>(type: "INTEGER", nullable: false),
                    Sort = table.Column<int>(type: "INTEGER", nullable: false),
                    Facts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskLooks", x => x.PersonId);
                    table.ForeignKey(
                        name: "FK_DeskLooks_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "LabourRates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CrewId = table.Column<long>(type: "INTEGER", nullable: false),
                    PricePerHour = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    SetById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LabourRates", x => x.Id);
                    table.CheckConstraint("CK_LabourRates_PricePerHour", "CAST(\"PricePerHour\" AS REAL) >= 0");
                    table.ForeignKey(
                        name: "FK_LabourRates_Crews_CrewId",
                        column: x => x.CrewId,
                        principalTable: "Crews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LabourRates_People_SetById",
                        column: x => x.SetById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "Parts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    UnitEn = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    PriceCount = table.Column<int>(type: "INTEGER", nullable: false),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Parts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Parts_People_RetiredById",
                        column: x => x.RetiredById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1200, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedViews_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
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

            migrationBuilder.CreateTable(
                name: "ChangeSetItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ChangeSetId = table.Column<long>(type: "INTEGER", nullable: false),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    EventCount = table.Column<int>(type: "INTEGER", nullable: false),
                    BeforeJson = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeSetItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChangeSetItems_ChangeSets_ChangeSetId",
                        column: x => x.ChangeSetId,
                        principalTable: "ChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ChangeSetItems_RepairTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "RepairTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PartPrices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PartId = table.Column<long>(type: "INTEGER", nullable: false),
                    Price = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    SetById = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartPrices", x => x.Id);
                    table.CheckConstraint("CK_PartPrices_Price", "CAST(\"Price\" AS REAL) >= 0");
                    table.ForeignKey(
                        name: "FK_PartPrices_Parts_PartId",
                        column: x => x.PartId,
                        principalTable: "Parts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PartPrices_People_SetById",
                        column: x => x.SetById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RepairUses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    PartId = table.Column<long>(type: "INTEGER", nullable: true),
                    Quantity = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: true),
                    Minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    UnitPrice = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: false),
                    Amount = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedById = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnById = table.Column<long>(type: "INTEGER", nullable: true),
                    Key = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairUses", x => x.Id);
                    table.CheckConstraint("CK_RepairUses_Minutes", "\"Minutes\" IS NULL OR \"Minutes\" BETWEEN 1 AND 1440");
                    table.CheckConstraint("CK_RepairUses_PartOrLabour", "(\"PartId\" IS NOT NULL AND \"Quantity\" IS NOT NULL AND \"Minutes\" IS NULL) OR (\"PartId\" IS NULL AND \"Quantity\" IS NULL AND \"Minutes\" IS NOT NULL)");
                    table.CheckConstraint("CK_RepairUses_Quantity", "\"Quantity\" IS NULL OR (CAST(\"Quantity\" AS REAL) > 0 AND CAST(\"Quantity\" AS REAL) <= 9999)");
                    table.ForeignKey(
                        name: "FK_RepairUses_Parts_PartId",
                        column: x => x.PartId,
                        principalTable: "Parts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RepairUses_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RepairUses_People_RecordedById",
                        column: x => x.RecordedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RepairUses_People_WithdrawnById",
                        column: x => x.WithdrawnById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RepairUses_RepairTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "RepairTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_AskedMinutes_Pressing",
                table: "RepairTickets",
                columns: new[] { "AskedMinutes", "Pressing" },
                filter: "\"AskedMinutes\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_BuildingId_RoomId_Id",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "RoomId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_RoomId_CategoryId_SubmittedAt",
                table: "RepairTickets",
                columns: new[] { "RoomId", "CategoryId", "SubmittedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_ServiceLevelId",
                table: "RepairTickets",
                column: "ServiceLevelId");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_SubmittedAt_Id",
                table: "RepairTickets",
                columns: new[] { "SubmittedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_Subject_At",
                table: "Inbox",
                columns: new[] { "Subject", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Crews_LeadId",
                table: "Crews",
                column: "LeadId");

            migrationBuilder.CreateIndex(
                name: "IX_Absences_CancelledById",
                table: "Absences",
                column: "CancelledById");

            migrationBuilder.CreateIndex(
                name: "IX_Absences_EnteredById",
                table: "Absences",
                column: "EnteredById");

            migrationBuilder.CreateIndex(
                name: "IX_Absences_PersonId_From",
                table: "Absences",
                columns: new[] { "PersonId", "From" },
                unique: true,
                filter: "\"CancelledAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Absences_StandInId",
                table: "Absences",
                column: "StandInId");

            migrationBuilder.CreateIndex(
                name: "IX_Absences_To_From",
                table: "Absences",
                columns: new[] { "To", "From" });

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
                name: "IX_CannedReplies_OwnerId_Shortcut",
                table: "CannedReplies",
                columns: new[] { "OwnerId", "Shortcut" },
                unique: true,
                filter: "\"OwnerId\" IS NOT NULL AND \"Shortcut\" IS NOT NULL AND \"RetiredAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CannedReplies_RetiredById",
                table: "CannedReplies",
                column: "RetiredById");

            migrationBuilder.CreateIndex(
                name: "IX_CannedReplies_Shortcut",
                table: "CannedReplies",
                column: "Shortcut",
                unique: true,
                filter: "\"OwnerId\" IS NULL AND \"Shortcut\" IS NOT NULL AND \"RetiredAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ChangeSetItems_ChangeSetId",
                table: "ChangeSetItems",
                column: "ChangeSetId");

            migrationBuilder.CreateIndex(
                name: "IX_ChangeSetItems_TicketId",
                table: "ChangeSetItems",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_ChangeSets_ActorId_At",
                table: "ChangeSets",
                columns: new[] { "ActorId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ChangeSets_At",
                table: "ChangeSets",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_EscalationSteps_Clock_OffsetMinutes_Audience",
                table: "EscalationSteps",
                columns: new[] { "Clock", "OffsetMinutes", "Audience" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LabourRates_CrewId_From",
                table: "LabourRates",
                columns: new[] { "CrewId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_LabourRates_Current",
                table: "LabourRates",
                column: "CrewId",
                unique: true,
                filter: "\"Until\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_LabourRates_SetById",
                table: "LabourRates",
                column: "SetById");

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
                name: "IX_PartPrices_Current",
                table: "PartPrices",
                column: "PartId",
                unique: true,
                filter: "\"Until\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PartPrices_PartId_From",
                table: "PartPrices",
                columns: new[] { "PartId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_PartPrices_SetById",
                table: "PartPrices",
                column: "SetById");

            migrationBuilder.CreateIndex(
                name: "IX_Parts_Code",
                table: "Parts",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Parts_RetiredById",
                table: "Parts",
                column: "RetiredById");

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
                name: "IX_RepairUses_Key",
                table: "RepairUses",
                column: "Key",
                unique: true,
                filter: "\"Key\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RepairUses_PartId",
                table: "RepairUses",
                column: "PartId");

            migrationBuilder.CreateIndex(
                name: "IX_RepairUses_PersonId_At",
                table: "RepairUses",
                columns: new[] { "PersonId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairUses_RecordedById",
                table: "RepairUses",
                column: "RecordedById");

            migrationBuilder.CreateIndex(
                name: "IX_RepairUses_TicketId_Id",
                table: "RepairUses",
                columns: new[] { "TicketId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairUses_WithdrawnById",
                table: "RepairUses",
                column: "WithdrawnById");

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_OwnerId_Name",
                table: "SavedViews",
                columns: new[] { "OwnerId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_Shared",
                table: "SavedViews",
                column: "Shared");

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
                name: "Absences");

            migrationBuilder.DropTable(
                name: "CalendarSpans");

            migrationBuilder.DropTable(
                name: "CannedReplies");

            migrationBuilder.DropTable(
                name: "ChangeSetItems");

            migrationBuilder.DropTable(
                name: "DeskLooks");

            migrationBuilder.DropTable(
                name: "EscalationSteps");

            migrationBuilder.DropTable(
                name: "LabourRates");

            migrationBuilder.DropTable(
                name: "OfficeSlots");

            migrationBuilder.DropTable(
                name: "PartPrices");

            migrationBuilder.DropTable(
                name: "RepairPauses");

            migrationBuilder.DropTable(
                name: "RepairUses");

            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropTable(
                name: "ServiceLevels");

            migrationBuilder.DropTable(
                name: "ChangeSets");

            migrationBuilder.DropTable(
                name: "Parts");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_AskedMinutes_Pressing",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_BuildingId_RoomId_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_RoomId_CategoryId_SubmittedAt",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_ServiceLevelId",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_SubmittedAt_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_Inbox_Subject_At",
                table: "Inbox");

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
