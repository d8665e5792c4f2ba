using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <summary>Until now every e-mail was a sign-in name, so each one counts as confirmed.</summary>
    public partial class ConfirmStoredEmails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("""UPDATE "People" SET "EmailConfirmed" = 1 WHERE "Email" IS NOT NULL""");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""UPDATE "People" SET "EmailConfirmed" = 0""");
    }
}
