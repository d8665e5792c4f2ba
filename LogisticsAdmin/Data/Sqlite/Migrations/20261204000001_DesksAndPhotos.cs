using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DesksAndPhotos : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_VoicePhotos_Key",
                table: "VoicePhotos");

            migrationBuilder.CreateTable(
                name: "VoiceDeskSettings",
                columns: table => new
                {
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Density = table.Column<int>(type: "INTEGER", nullable: false),
                    Sort = table.Column<int>(type: "INTEGER", nullable: false),
                    Facts = table.Column<int>(type: "INTEGER", nullable: false),
                    Advances = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VoiceDeskSettings", x => x.PersonId);
                    table.ForeignKey(
                        name: "FK_VoiceDeskSettings_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_VoicePhotos_Key_EventId",
                table: "VoicePhotos",
                columns: new[] { "Key", "EventId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "VoiceDeskSettings");

            migrationBuilder.DropIndex(
                name: "IX_VoicePhotos_Key_EventId",
                table: "VoicePhotos");

            migrationBuilder.CreateIndex(
                name: "IX_VoicePhotos_Key",
                table: "VoicePhotos",
                column: "Key",
                unique: true);
        }
    }
}
