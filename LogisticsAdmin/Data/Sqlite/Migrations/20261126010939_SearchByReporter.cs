using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <summary>
    /// Tickets are also found by the phone for this report and by their number in an imported log: the start fills the dropped index anew.
    /// </summary>
    public partial class SearchByReporter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE IF EXISTS \"RepairTicketSearch\";");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE IF EXISTS \"RepairTicketSearch\";");
    }
}
