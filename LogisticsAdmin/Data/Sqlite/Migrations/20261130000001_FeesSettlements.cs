using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FeesSettlements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MoveOutStatements_OccupancyId",
                table: "MoveOutStatements");

            migrationBuilder.AddColumn<string>(
                name: "CountedBy",
                table: "SettledShares",
                type: "TEXT",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TakenBackAt",
                table: "SettledShares",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "GivenBackFen",
                table: "MoveOutStatements",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "TakenBackAt",
                table: "MoveOutStatements",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "GivesBack",
                table: "FeeKinds",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // As new stores have it: who moves out gets back what was charged for days to come.
            migrationBuilder.Sql("UPDATE \"FeeKinds\" SET \"GivesBack\" = 1 WHERE \"Code\" = 'accommodation';");

            migrationBuilder.CreateTable(
                name: "GivenBacks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BillId = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    OfDays = table.Column<int>(type: "INTEGER", nullable: false),
                    ChargedFen = table.Column<long>(type: "INTEGER", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Statement = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    TakenBackAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GivenBacks", x => x.Id);
                    table.CheckConstraint("CK_GivenBacks_Amount", "\"AmountFen\" BETWEEN 0 AND MAX(\"ChargedFen\", 0)");
                    table.ForeignKey(
                        name: "FK_GivenBacks_Bills_BillId",
                        column: x => x.BillId,
                        principalTable: "Bills",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GivenBacks_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GivenBacks_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MoveOutReversals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StatementId = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ProposedById = table.Column<long>(type: "INTEGER", nullable: false),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedById = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MoveOutReversals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MoveOutReversals_MoveOutStatements_StatementId",
                        column: x => x.StatementId,
                        principalTable: "MoveOutStatements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoveOutReversals_People_DecidedById",
                        column: x => x.DecidedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoveOutReversals_People_ProposedById",
                        column: x => x.ProposedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MoveOutSettings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DemandsStatement = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MoveOutSettings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_OccupancyId",
                table: "MoveOutStatements",
                column: "OccupancyId",
                unique: true,
                filter: "\"TakenBackAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_GivenBacks_BillId_PersonId",
                table: "GivenBacks",
                columns: new[] { "BillId", "PersonId" },
                unique: true,
                filter: "\"TakenBackAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_GivenBacks_FeeKindId",
                table: "GivenBacks",
                column: "FeeKindId");

            migrationBuilder.CreateIndex(
                name: "IX_GivenBacks_PersonId",
                table: "GivenBacks",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_GivenBacks_Statement",
                table: "GivenBacks",
                column: "Statement");

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutReversals_DecidedById",
                table: "MoveOutReversals",
                column: "DecidedById");

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutReversals_ProposedById",
                table: "MoveOutReversals",
                column: "ProposedById");

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutReversals_StatementId",
                table: "MoveOutReversals",
                column: "StatementId",
                unique: true,
                filter: "\"State\" IN (1, 2)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "GivenBacks");

            migrationBuilder.DropTable(
                name: "MoveOutReversals");

            migrationBuilder.DropTable(
                name: "MoveOutSettings");

            migrationBuilder.DropIndex(
                name: "IX_MoveOutStatements_OccupancyId",
                table: "MoveOutStatements");

            migrationBuilder.DropColumn(
                name: "CountedBy",
                table: "SettledShares");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "SettledShares");

            migrationBuilder.DropColumn(
                name: "GivenBackFen",
                table: "MoveOutStatements");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "MoveOutStatements");

            migrationBuilder.DropColumn(
                name: "GivesBack",
                table: "FeeKinds");

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_OccupancyId",
                table: "MoveOutStatements",
                column: "OccupancyId",
                unique: true);
        }
    }
}
