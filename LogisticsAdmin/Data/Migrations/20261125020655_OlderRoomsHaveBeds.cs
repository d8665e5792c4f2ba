using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class OlderRoomsHaveBeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What was a count becomes beds; who lives somewhere begins to have a history of it.
            migrationBuilder.Sql("""
                INSERT INTO "Beds" ("RoomId", "Code", "Version")
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
                SELECT r."Id", CAST(n.i AS TEXT), 1 FROM "Rooms" r JOIN n ON n.i <= r."Beds" ORDER BY r."Id", n.i
                """);
            migrationBuilder.Sql("""
                INSERT INTO "Occupancies" ("PersonId", "RoomId", "From")
                SELECT "Id", "RoomId", CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER) FROM "People" WHERE "RoomId" IS NOT NULL
                """);
            migrationBuilder.DropColumn(
                name: "Beds",
                table: "Rooms");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Beds",
                table: "Rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }
    }
}
