using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class IndexTheDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_AskedMinutes_Pressing",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_BuildingId_Pressing_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_BuildingId_RoomId_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_BuildingId_SubmittedAt_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_CategoryId_Pressing_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_CrewId_Status_Pressing",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_IsOverdue_Pressing_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_OwnerId_Status_Pressing",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_Pressing_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_Status_Pressing_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_SubmittedAt_Id",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_TechnicianId_Status_Pressing",
                table: "RepairTickets");

            migrationBuilder.RenameIndex(
                name: "IX_RepairTickets_CampusId",
                table: "RepairTickets",
                newName: "IX_RepairTickets_DeskOfCampus");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskByPlace",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "RoomId", "Id", "CampusId", "CategoryId", "Urgency", "CrewId", "TechnicianId" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskByPressing",
                table: "RepairTickets",
                columns: new[] { "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "TechnicianId", "Status", "OwnerId", "IsOverdue", "AskedMinutes" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskBySubmission",
                table: "RepairTickets",
                columns: new[] { "SubmittedAt", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "TechnicianId" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskOfBuilding",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "Pressing", "Id", "CampusId", "CategoryId", "Urgency", "CrewId", "TechnicianId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskOfCategory",
                table: "RepairTickets",
                columns: new[] { "CategoryId", "Pressing", "Id", "CampusId", "BuildingId", "Urgency", "CrewId", "TechnicianId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskOfCrew",
                table: "RepairTickets",
                columns: new[] { "CrewId", "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "TechnicianId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskOfTechnician",
                table: "RepairTickets",
                columns: new[] { "TechnicianId", "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_DeskOfUrgency",
                table: "RepairTickets",
                columns: new[] { "Urgency", "CampusId" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_OwnerId",
                table: "RepairTickets",
                column: "OwnerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskByPlace",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskByPressing",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskBySubmission",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskOfBuilding",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskOfCategory",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskOfCrew",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskOfTechnician",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_DeskOfUrgency",
                table: "RepairTickets");

            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_OwnerId",
                table: "RepairTickets");

            migrationBuilder.RenameIndex(
                name: "IX_RepairTickets_DeskOfCampus",
                table: "RepairTickets",
                newName: "IX_RepairTickets_CampusId");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_AskedMinutes_Pressing",
                table: "RepairTickets",
                columns: new[] { "AskedMinutes", "Pressing" },
                filter: "\"AskedMinutes\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_BuildingId_Pressing_Id",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "Pressing", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_BuildingId_RoomId_Id",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "RoomId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_BuildingId_SubmittedAt_Id",
                table: "RepairTickets",
                columns: new[] { "BuildingId", "SubmittedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_CategoryId_Pressing_Id",
                table: "RepairTickets",
                columns: new[] { "CategoryId", "Pressing", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_CrewId_Status_Pressing",
                table: "RepairTickets",
                columns: new[] { "CrewId", "Status", "Pressing" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_IsOverdue_Pressing_Id",
                table: "RepairTickets",
                columns: new[] { "IsOverdue", "Pressing", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_OwnerId_Status_Pressing",
                table: "RepairTickets",
                columns: new[] { "OwnerId", "Status", "Pressing" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_Pressing_Id",
                table: "RepairTickets",
                columns: new[] { "Pressing", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_Status_Pressing_Id",
                table: "RepairTickets",
                columns: new[] { "Status", "Pressing", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_SubmittedAt_Id",
                table: "RepairTickets",
                columns: new[] { "SubmittedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_TechnicianId_Status_Pressing",
                table: "RepairTickets",
                columns: new[] { "TechnicianId", "Status", "Pressing" });
        }
    }
}
