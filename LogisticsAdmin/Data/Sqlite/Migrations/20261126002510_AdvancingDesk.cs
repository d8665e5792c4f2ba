using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AdvancingDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Advances",
                table: "DeskLooks",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Advances",
                table: "DeskLooks");
        }
    }
}
