using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SubmissionInDeskIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskByPressing",
                table: "RepairTickets");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskByPressing",
                table: "RepairTickets",
                columns: new[] { "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "TechnicianId", "Status", "OwnerId", "IsOverdue", "AskedMinutes", "SubmittedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskByPressing",
                table: "RepairTickets");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskByPressing",
                table: "RepairTickets",
                columns: new[] { "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "TechnicianId", "Status", "OwnerId", "IsOverdue", "AskedMinutes" });
        }
    }
}
