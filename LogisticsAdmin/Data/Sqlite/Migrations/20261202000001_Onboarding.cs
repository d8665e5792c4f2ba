using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Onboarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "LeavingRounds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeavingRounds", x => x.Id);
                    table.CheckConstraint("CK_LeavingRounds_Days", "\"LastDay\" >= \"FirstDay\"");
                });

            migrationBuilder.CreateTable(
                name: "OnboardingSeasons",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Grade = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MayDefer = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnboardingSeasons", x => x.Id);
                    table.CheckConstraint("CK_OnboardingSeasons_Days", "\"LastDay\" >= \"FirstDay\"");
                });

            migrationBuilder.CreateTable(
                name: "RoomChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    OtherId = table.Column<long>(type: "INTEGER", nullable: true),
                    BedId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Because = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoomChanges", x => x.Id);
                    table.CheckConstraint("CK_RoomChanges_Target", "(\"OtherId\" IS NULL) <> (\"BedId\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_RoomChanges_Beds_BedId",
                        column: x => x.BedId,
                        principalTable: "Beds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoomChanges_People_OtherId",
                        column: x => x.OtherId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoomChanges_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RoomKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    HandedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HandedById = table.Column<long>(type: "INTEGER", nullable: false),
                    ReturnedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReturnedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoomKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RoomKeys_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoomKeys_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Leavers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RoundId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: true),
                    BedId = table.Column<long>(type: "INTEGER", nullable: true),
                    InspectedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    InspectedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Damage = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    DamageFen = table.Column<long>(type: "INTEGER", nullable: false),
                    PaymentNumber = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    DamagePaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CheckedOutAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CheckedOutById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leavers", x => x.Id);
                    table.CheckConstraint("CK_Leavers_Damage", "\"DamageFen\" >= 0");
                    table.ForeignKey(
                        name: "FK_Leavers_Beds_BedId",
                        column: x => x.BedId,
                        principalTable: "Beds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Leavers_LeavingRounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "LeavingRounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Leavers_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Leavers_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LeavingClasses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RoundId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClassName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeavingClasses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LeavingClasses_LeavingRounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "LeavingRounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BedFills",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Seed = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    ById = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneById = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BedFills", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BedFills_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeskTimes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    From = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    Capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskTimes", x => x.Id);
                    table.CheckConstraint("CK_DeskTimes_Capacity", "\"Capacity\" > 0");
                    table.CheckConstraint("CK_DeskTimes_Times", "\"Until\" > \"From\"");
                    table.ForeignKey(
                        name: "FK_DeskTimes_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SeasonFees",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeasonFees", x => x.Id);
                    table.CheckConstraint("CK_SeasonFees_Amount", "\"AmountFen\" > 0");
                    table.ForeignKey(
                        name: "FK_SeasonFees_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SeasonGroups",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    ChoosesFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    ChoosesUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeasonGroups", x => x.Id);
                    table.CheckConstraint("CK_SeasonGroups_Times", "\"ChoosesUntil\" > \"ChoosesFrom\"");
                    table.ForeignKey(
                        name: "FK_SeasonGroups_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SeasonItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    ItemId = table.Column<long>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeasonItems", x => x.Id);
                    table.CheckConstraint("CK_SeasonItems_Quantity", "\"Quantity\" > 0");
                    table.ForeignKey(
                        name: "FK_SeasonItems_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SeasonItems_ShelfItems_ItemId",
                        column: x => x.ItemId,
                        principalTable: "ShelfItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SeasonPapers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    TitleEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    TextEn = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeasonPapers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SeasonPapers_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RoomChangeVotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ChangeId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Agrees = table.Column<bool>(type: "INTEGER", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoomChangeVotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RoomChangeVotes_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoomChangeVotes_RoomChanges_ChangeId",
                        column: x => x.ChangeId,
                        principalTable: "RoomChanges",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Freshmen",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    DataConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DataRemark = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Rhythm = table.Column<int>(type: "INTEGER", nullable: false),
                    WantsQuiet = table.Column<bool>(type: "INTEGER", nullable: false),
                    BedId = table.Column<long>(type: "INTEGER", nullable: true),
                    HeldUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    ChosenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FillId = table.Column<long>(type: "INTEGER", nullable: true),
                    FeesFen = table.Column<long>(type: "INTEGER", nullable: false),
                    FeesPaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FeesDeferredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeferReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PaymentNumber = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    EssentialsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OrderId = table.Column<long>(type: "INTEGER", nullable: true),
                    PapersConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeskTimeId = table.Column<long>(type: "INTEGER", nullable: true),
                    CheckedInAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CheckedInById = table.Column<long>(type: "INTEGER", nullable: true),
                    CheckedInBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Freshmen", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Freshmen_BedFills_FillId",
                        column: x => x.FillId,
                        principalTable: "BedFills",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Freshmen_Beds_BedId",
                        column: x => x.BedId,
                        principalTable: "Beds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Freshmen_DeskTimes_DeskTimeId",
                        column: x => x.DeskTimeId,
                        principalTable: "DeskTimes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Freshmen_OnboardingSeasons_SeasonId",
                        column: x => x.SeasonId,
                        principalTable: "OnboardingSeasons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Freshmen_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Freshmen_PlacedOrders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "PlacedOrders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Freshmen_SeasonGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "SeasonGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SeasonGroupClasses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SeasonId = table.Column<long>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClassName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeasonGroupClasses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SeasonGroupClasses_SeasonGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "SeasonGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SeasonGroupRooms",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: false),
                    BuildingId = table.Column<long>(type: "INTEGER", nullable: false),
                    Floor = table.Column<int>(type: "INTEGER", nullable: true),
                    Capacity = table.Column<int>(type: "INTEGER", nullable: true),
                    Gender = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeasonGroupRooms", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SeasonGroupRooms_Buildings_BuildingId",
                        column: x => x.BuildingId,
                        principalTable: "Buildings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SeasonGroupRooms_SeasonGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "SeasonGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PaperReceipts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FreshmanId = table.Column<long>(type: "INTEGER", nullable: false),
                    PaperId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaperReceipts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PaperReceipts_Freshmen_FreshmanId",
                        column: x => x.FreshmanId,
                        principalTable: "Freshmen",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaperReceipts_SeasonPapers_PaperId",
                        column: x => x.PaperId,
                        principalTable: "SeasonPapers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BedFills_SeasonId_Id",
                table: "BedFills",
                columns: new[] { "SeasonId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DeskTimes_SeasonId_Day_From",
                table: "DeskTimes",
                columns: new[] { "SeasonId", "Day", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_BedId",
                table: "Freshmen",
                column: "BedId",
                unique: true,
                filter: "\"BedId\" IS NOT NULL AND \"CheckedInAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_Code",
                table: "Freshmen",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_DeskTimeId",
                table: "Freshmen",
                column: "DeskTimeId");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_FillId",
                table: "Freshmen",
                column: "FillId");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_GroupId",
                table: "Freshmen",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_HeldUntil",
                table: "Freshmen",
                column: "HeldUntil",
                filter: "\"HeldUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_OrderId",
                table: "Freshmen",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_PersonId",
                table: "Freshmen",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Freshmen_SeasonId_PersonId",
                table: "Freshmen",
                columns: new[] { "SeasonId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Leavers_BedId",
                table: "Leavers",
                column: "BedId");

            migrationBuilder.CreateIndex(
                name: "IX_Leavers_PersonId",
                table: "Leavers",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Leavers_RoomId",
                table: "Leavers",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_Leavers_RoundId_PersonId",
                table: "Leavers",
                columns: new[] { "RoundId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LeavingClasses_RoundId_ClassName",
                table: "LeavingClasses",
                columns: new[] { "RoundId", "ClassName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OnboardingSeasons_State",
                table: "OnboardingSeasons",
                column: "State",
                unique: true,
                filter: "\"State\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_PaperReceipts_FreshmanId_PaperId",
                table: "PaperReceipts",
                columns: new[] { "FreshmanId", "PaperId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaperReceipts_PaperId",
                table: "PaperReceipts",
                column: "PaperId");

            migrationBuilder.CreateIndex(
                name: "IX_RoomChanges_BedId",
                table: "RoomChanges",
                column: "BedId");

            migrationBuilder.CreateIndex(
                name: "IX_RoomChanges_Number",
                table: "RoomChanges",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RoomChanges_Open",
                table: "RoomChanges",
                column: "PersonId",
                unique: true,
                filter: "\"State\" IN (1, 2)");

            migrationBuilder.CreateIndex(
                name: "IX_RoomChanges_OtherId",
                table: "RoomChanges",
                column: "OtherId");

            migrationBuilder.CreateIndex(
                name: "IX_RoomChanges_State_Id",
                table: "RoomChanges",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RoomChangeVotes_ChangeId_PersonId",
                table: "RoomChangeVotes",
                columns: new[] { "ChangeId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RoomChangeVotes_PersonId",
                table: "RoomChangeVotes",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_RoomKeys_PersonId_ReturnedAt",
                table: "RoomKeys",
                columns: new[] { "PersonId", "ReturnedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_RoomKeys_RoomId_Label",
                table: "RoomKeys",
                columns: new[] { "RoomId", "Label" },
                unique: true,
                filter: "\"ReturnedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SeasonFees_SeasonId",
                table: "SeasonFees",
                column: "SeasonId");

            migrationBuilder.CreateIndex(
                name: "IX_SeasonGroupClasses_GroupId",
                table: "SeasonGroupClasses",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_SeasonGroupClasses_SeasonId_ClassName",
                table: "SeasonGroupClasses",
                columns: new[] { "SeasonId", "ClassName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SeasonGroupRooms_BuildingId",
                table: "SeasonGroupRooms",
                column: "BuildingId");

            migrationBuilder.CreateIndex(
                name: "IX_SeasonGroupRooms_GroupId",
                table: "SeasonGroupRooms",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_SeasonGroups_SeasonId_Name",
                table: "SeasonGroups",
                columns: new[] { "SeasonId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SeasonItems_ItemId",
                table: "SeasonItems",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_SeasonItems_SeasonId_ItemId",
                table: "SeasonItems",
                columns: new[] { "SeasonId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SeasonPapers_SeasonId",
                table: "SeasonPapers",
                column: "SeasonId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Leavers");

            migrationBuilder.DropTable(
                name: "LeavingClasses");

            migrationBuilder.DropTable(
                name: "PaperReceipts");

            migrationBuilder.DropTable(
                name: "RoomChangeVotes");

            migrationBuilder.DropTable(
                name: "RoomKeys");

            migrationBuilder.DropTable(
                name: "SeasonFees");

            migrationBuilder.DropTable(
                name: "SeasonGroupClasses");

            migrationBuilder.DropTable(
                name: "SeasonGroupRooms");

            migrationBuilder.DropTable(
                name: "SeasonItems");

            migrationBuilder.DropTable(
                name: "LeavingRounds");

            migrationBuilder.DropTable(
                name: "Freshmen");

            migrationBuilder.DropTable(
                name: "SeasonPapers");

            migrationBuilder.DropTable(
                name: "RoomChanges");

            migrationBuilder.DropTable(
                name: "BedFills");

            migrationBuilder.DropTable(
                name: "DeskTimes");

            migrationBuilder.DropTable(
                name: "SeasonGroups");

            migrationBuilder.DropTable(
                name: "OnboardingSeasons");
        }
    }
}
