using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <summary>
    /// Rooms with beds become bedrooms, suggested categories get the names that residents see, and open tickets keep the crew that was suggested
    /// for them so far.
    /// </summary>
    public partial class OfficeAndPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_VisitSlots_Code",
                table: "VisitSlots");

            migrationBuilder.AddColumn<int>(
                name: "Days",
                table: "VisitSlots",
                type: "INTEGER",
                nullable: false,
                defaultValue: 127);

            migrationBuilder.AddColumn<string>(
                name: "RetiredBecause",
                table: "VisitSlots",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RetiredById",
                table: "VisitSlots",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Area",
                table: "Rooms",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Capacity",
                table: "Rooms",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kind",
                table: "Rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 8);

            migrationBuilder.AddColumn<long>(
                name: "SuggestedCrewId",
                table: "RepairTickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BeganById",
                table: "Occupancies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EndedById",
                table: "Occupancies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Capacity",
                table: "Crews",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PlainName",
                table: "Categories",
                type: "TEXT",
                maxLength: 80,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PlainNameEn",
                table: "Categories",
                type: "TEXT",
                maxLength: 120,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Points",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            // 1 is a bedroom, 7 what everybody uses, 8 anything else.
            migrationBuilder.Sql("""
                UPDATE "Rooms" SET "Kind" = CASE
                    WHEN EXISTS (SELECT 1 FROM "Beds" WHERE "RoomId" = "Rooms"."Id") THEN 1
                    WHEN "Code" GLOB '*[0-9]*' AND "Code" NOT GLOB '*[^0-9]*' THEN 8
                    ELSE 7 END
                """);
            migrationBuilder.Sql("""
                WITH "Plain" ("Code", "Zh", "En") AS (VALUES
                    ('water', '水管水龙头', 'Taps and pipes'), ('power', '灯、插座、停电', 'Lights, sockets, power'),
                    ('hvac', '空调暖气', 'Air conditioning and heating'), ('wood', '门窗、家具', 'Doors, windows, furniture'),
                    ('civil', '墙面、地面、漏雨', 'Walls, floors, leaking roof'), ('appliance', '洗衣机、饮水机', 'Washing machines, dispensers'),
                    ('network', '网络、门禁', 'Internet, door access'), ('safety', '消防、电梯', 'Fire safety, lifts'),
                    ('public', '路灯、卫生、绿化', 'Street lights, cleaning, greenery'), ('misc', '其他', 'Something else'))
                UPDATE "Categories" SET
                    "PlainName" = (SELECT "Zh" FROM "Plain" WHERE "Plain"."Code" = "Categories"."Code"),
                    "PlainNameEn" = (SELECT "En" FROM "Plain" WHERE "Plain"."Code" = "Categories"."Code")
                WHERE "ParentId" IS NULL AND "Code" IN (SELECT "Code" FROM "Plain")
                """);
            migrationBuilder.Sql("""
                UPDATE "RepairTickets" SET "SuggestedCrewId" = (SELECT "DefaultCrewId" FROM "Categories" WHERE "Id" = "RepairTickets"."CategoryId")
                WHERE "EndedAt" IS NULL
                """);

            migrationBuilder.CreateTable(
                name: "ConfirmedSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ById = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConfirmedSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ConfirmedSteps_People_ById",
                        column: x => x.ById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CrewBuildings",
                columns: table => new
                {
                    CrewId = table.Column<long>(type: "INTEGER", nullable: false),
                    BuildingId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrewBuildings", x => new { x.CrewId, x.BuildingId });
                    table.ForeignKey(
                        name: "FK_CrewBuildings_Buildings_BuildingId",
                        column: x => x.BuildingId,
                        principalTable: "Buildings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CrewBuildings_Crews_CrewId",
                        column: x => x.CrewId,
                        principalTable: "Crews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CrewCategories",
                columns: table => new
                {
                    CrewId = table.Column<long>(type: "INTEGER", nullable: false),
                    CategoryId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CrewCategories", x => new { x.CrewId, x.CategoryId });
                    table.ForeignKey(
                        name: "FK_CrewCategories_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CrewCategories_Crews_CrewId",
                        column: x => x.CrewId,
                        principalTable: "Crews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OfficeProfiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    Hours = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    HoursEn = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OfficeProfiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "VisitSlotBuildings",
                columns: table => new
                {
                    SlotId = table.Column<long>(type: "INTEGER", nullable: false),
                    BuildingId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitSlotBuildings", x => new { x.SlotId, x.BuildingId });
                    table.ForeignKey(
                        name: "FK_VisitSlotBuildings_Buildings_BuildingId",
                        column: x => x.BuildingId,
                        principalTable: "Buildings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VisitSlotBuildings_VisitSlots_SlotId",
                        column: x => x.SlotId,
                        principalTable: "VisitSlots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_VisitSlots_Code",
                table: "VisitSlots",
                column: "Code",
                unique: true,
                filter: "\"RetiredAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConfirmedSteps_ById",
                table: "ConfirmedSteps",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_ConfirmedSteps_Key",
                table: "ConfirmedSteps",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CrewBuildings_BuildingId",
                table: "CrewBuildings",
                column: "BuildingId");

            migrationBuilder.CreateIndex(
                name: "IX_CrewCategories_CategoryId",
                table: "CrewCategories",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_VisitSlotBuildings_BuildingId",
                table: "VisitSlotBuildings",
                column: "BuildingId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConfirmedSteps");

            migrationBuilder.DropTable(
                name: "CrewBuildings");

            migrationBuilder.DropTable(
                name: "CrewCategories");

            migrationBuilder.DropTable(
                name: "OfficeProfiles");

            migrationBuilder.DropTable(
                name: "VisitSlotBuildings");

            migrationBuilder.DropIndex(
                name: "IX_VisitSlots_Code",
                table: "VisitSlots");

            migrationBuilder.DropColumn(
                name: "Days",
                table: "VisitSlots");

            migrationBuilder.DropColumn(
                name: "RetiredBecause",
                table: "VisitSlots");

            migrationBuilder.DropColumn(
                name: "RetiredById",
                table: "VisitSlots");

            migrationBuilder.DropColumn(
                name: "Area",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "Capacity",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "SuggestedCrewId",
                table: "RepairTickets");

            migrationBuilder.DropColumn(
                name: "BeganById",
                table: "Occupancies");

            migrationBuilder.DropColumn(
                name: "EndedById",
                table: "Occupancies");

            migrationBuilder.DropColumn(
                name: "Capacity",
                table: "Crews");

            migrationBuilder.DropColumn(
                name: "PlainName",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "PlainNameEn",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "Points",
                table: "Categories");

            migrationBuilder.CreateIndex(
                name: "IX_VisitSlots_Code",
                table: "VisitSlots",
                column: "Code",
                unique: true);
        }
    }
}
