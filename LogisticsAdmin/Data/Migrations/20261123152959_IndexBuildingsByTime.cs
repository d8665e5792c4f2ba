using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class IndexBuildingsByTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_BuildingId_SubmittedAt_Id",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "SubmittedAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_BuildingId_SubmittedAt_Id",
                table: "RepairTickets");
        }
    }
}
