using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class IndexTicketsByCategory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_CategoryId",
                table: "RepairTickets");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_CategoryId_Pressing_Id",
                table: "RepairTickets",
                columns: new[] { "CategoryId", "Pressing", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RepairTickets_CategoryId_Pressing_Id",
                table: "RepairTickets");

            migrationBuilder.CreateIndex(
                name: "IX_RepairTickets_CategoryId",
                table: "RepairTickets",
                column: "CategoryId");
        }
    }
}
