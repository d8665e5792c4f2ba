using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <summary>
    /// Amounts become fen, unit prices and quantities ten-thousandths. Written by hand: the tables are rebuilt within the transaction of the
    /// migration, which EF's own rebuild leaves, and tickets, the largest table, are not rebuilt at all.
    /// </summary>
    public partial class MoneyInFen : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MigrationNotes.Create);
            NoteRounded(migrationBuilder, "RepairTickets", "Cost", 2, 100, "fen");
            NoteRounded(migrationBuilder, "RepairUses", "Amount", 2, 100, "fen");
            NoteRounded(migrationBuilder, "RepairUses", "Quantity", 4, 10_000, "ten-thousandths");
            NoteRounded(migrationBuilder, "RepairUses", "UnitPrice", 4, 10_000, "ten-thousandths");
            NoteRounded(migrationBuilder, "PartPrices", "Price", 4, 10_000, "ten-thousandths");
            NoteRounded(migrationBuilder, "LabourRates", "PricePerHour", 4, 10_000, "ten-thousandths");

            migrationBuilder.Sql("""
                ALTER TABLE "RepairTickets" ADD COLUMN "CostFen" INTEGER NULL;
                UPDATE "RepairTickets" SET "CostFen" = CAST(ROUND("Cost" * 100) AS INTEGER) WHERE "Cost" IS NOT NULL;
                ALTER TABLE "RepairTickets" DROP COLUMN "Cost";
                """);

            migrationBuilder.Sql("""
                CREATE TABLE "RepairUsesInFen" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK_RepairUses" PRIMARY KEY AUTOINCREMENT,
                    "TicketId" INTEGER NOT NULL,
                    "PartId" INTEGER NULL,
                    "Quantity" INTEGER NULL,
                    "Minutes" INTEGER NULL,
                    "UnitPrice" INTEGER NOT NULL,
                    "AmountFen" INTEGER NOT NULL,
                    "PersonId" INTEGER NOT NULL,
                    "RecordedById" INTEGER NOT NULL,
                    "At" INTEGER NOT NULL,
                    "WithdrawnAt" INTEGER NULL,
                    "WithdrawnById" INTEGER NULL,
                    "Key" TEXT NULL,
                    "Version" INTEGER NOT NULL,
                    CONSTRAINT "CK_RepairUses_Minutes" CHECK ("Minutes" IS NULL OR "Minutes" BETWEEN 1 AND 1440),
                    CONSTRAINT "CK_RepairUses_PartOrLabour" CHECK (("PartId" IS NOT NULL AND "Quantity" IS NOT NULL AND "Minutes" IS NULL) OR ("PartId" IS NULL AND "Quantity" IS NULL AND "Minutes" IS NOT NULL)),
                    CONSTRAINT "CK_RepairUses_Quantity" CHECK ("Quantity" IS NULL OR "Quantity" BETWEEN 1 AND 99990000),
                    CONSTRAINT "FK_RepairUses_Parts_PartId" FOREIGN KEY ("PartId") REFERENCES "Parts" ("Id") ON DELETE RESTRICT,
                    CONSTRAINT "FK_RepairUses_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
                    CONSTRAINT "FK_RepairUses_People_RecordedById" FOREIGN KEY ("RecordedById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
                    CONSTRAINT "FK_RepairUses_People_WithdrawnById" FOREIGN KEY ("WithdrawnById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
                    CONSTRAINT "FK_RepairUses_RepairTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT
                );
                INSERT INTO "RepairUsesInFen" ("Id", "TicketId", "PartId", "Quantity", "Minutes", "UnitPrice", "AmountFen",
                    "PersonId", "RecordedById", "At", "WithdrawnAt", "WithdrawnById", "Key", "Version")
                SELECT "Id", "TicketId", "PartId", CAST(ROUND("Quantity" * 10000) AS INTEGER), "Minutes", CAST(ROUND("UnitPrice" * 10000) AS INTEGER),
                    CAST(ROUND("Amount" * 100) AS INTEGER), "PersonId", "RecordedById", "At", "WithdrawnAt", "WithdrawnById", "Key", "Version"
                FROM "RepairUses";
                DROP TABLE "RepairUses";
                ALTER TABLE "RepairUsesInFen" RENAME TO "RepairUses";
                CREATE UNIQUE INDEX "IX_RepairUses_Key" ON "RepairUses" ("Key") WHERE "Key" IS NOT NULL;
                CREATE INDEX "IX_RepairUses_PartId" ON "RepairUses" ("PartId");
                CREATE INDEX "IX_RepairUses_PersonId_At" ON "RepairUses" ("PersonId", "At");
                CREATE INDEX "IX_RepairUses_RecordedById" ON "RepairUses" ("RecordedById");
                CREATE INDEX "IX_RepairUses_TicketId_Id" ON "RepairUses" ("TicketId", "Id");
                CREATE INDEX "IX_RepairUses_WithdrawnById" ON "RepairUses" ("WithdrawnById");
                """);

            migrationBuilder.Sql("""
                CREATE TABLE "PartPricesScaled" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK_PartPrices" PRIMARY KEY AUTOINCREMENT,
                    "PartId" INTEGER NOT NULL,
                    "Price" INTEGER NOT NULL,
                    "From" INTEGER NOT NULL,
                    "Until" INTEGER NULL,
                    "SetById" INTEGER NULL,
                    CONSTRAINT "CK_PartPrices_Price" CHECK ("Price" >= 0),
                    CONSTRAINT "FK_PartPrices_Parts_PartId" FOREIGN KEY ("PartId") REFERENCES "Parts" ("Id") ON DELETE RESTRICT,
                    CONSTRAINT "FK_PartPrices_People_SetById" FOREIGN KEY ("SetById") REFERENCES "People" ("Id") ON DELETE RESTRICT
                );
                INSERT INTO "PartPricesScaled" ("Id", "PartId", "Price", "From", "Until", "SetById")
                SELECT "Id", "PartId", CAST(ROUND("Price" * 10000) AS INTEGER), "From", "Until", "SetById" FROM "PartPrices";
                DROP TABLE "PartPrices";
                ALTER TABLE "PartPricesScaled" RENAME TO "PartPrices";
                CREATE UNIQUE INDEX "IX_PartPrices_Current" ON "PartPrices" ("PartId") WHERE "Until" IS NULL;
                CREATE INDEX "IX_PartPrices_PartId_From" ON "PartPrices" ("PartId", "From");
                CREATE INDEX "IX_PartPrices_SetById" ON "PartPrices" ("SetById");
                """);

            migrationBuilder.Sql("""
                CREATE TABLE "LabourRatesScaled" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK_LabourRates" PRIMARY KEY AUTOINCREMENT,
                    "CrewId" INTEGER NOT NULL,
                    "PricePerHour" INTEGER NOT NULL,
                    "From" INTEGER NOT NULL,
                    "Until" INTEGER NULL,
                    "SetById" INTEGER NULL,
                    "Version" INTEGER NOT NULL,
                    CONSTRAINT "CK_LabourRates_PricePerHour" CHECK ("PricePerHour" >= 0),
                    CONSTRAINT "FK_LabourRates_Crews_CrewId" FOREIGN KEY ("CrewId") REFERENCES "Crews" ("Id") ON DELETE RESTRICT,
                    CONSTRAINT "FK_LabourRates_People_SetById" FOREIGN KEY ("SetById") REFERENCES "People" ("Id") ON DELETE RESTRICT
                );
                INSERT INTO "LabourRatesScaled" ("Id", "CrewId", "PricePerHour", "From", "Until", "SetById", "Version")
                SELECT "Id", "CrewId", CAST(ROUND("PricePerHour" * 10000) AS INTEGER), "From", "Until", "SetById", "Version" FROM "LabourRates";
                DROP TABLE "LabourRates";
                ALTER TABLE "LabourRatesScaled" RENAME TO "LabourRates";
                CREATE INDEX "IX_LabourRates_CrewId_From" ON "LabourRates" ("CrewId", "From");
                CREATE UNIQUE INDEX "IX_LabourRates_Current" ON "LabourRates" ("CrewId") WHERE "Until" IS NULL;
                CREATE INDEX "IX_LabourRates_SetById" ON "LabourRates" ("SetById");
                """);

            migrationBuilder.Sql("""
                UPDATE "Audit" SET "Field" = "Field" || 'Fen',
                    "Old" = CAST(CAST(ROUND("Old" * 100) AS INTEGER) AS TEXT),
                    "New" = CAST(CAST(ROUND("New" * 100) AS INTEGER) AS TEXT)
                WHERE ("Entity" = 'RepairTicket' AND "Field" = 'Cost') OR ("Entity" = 'RepairUse' AND "Field" = 'Amount');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("There is no way back but the backup that was made before the migration.");

        /// <summary>The text is looked at, not the number: a binary fraction would take 0.07 for a number that is rounded.</summary>
        private static void NoteRounded(MigrationBuilder migrationBuilder, string table, string column, int decimals, int factor, string unit) =>
            migrationBuilder.Sql($"""
                INSERT INTO "{MigrationNotes.Table}" ("Note")
                SELECT '{table} ' || "Id" || ': {column} ' || "{column}" || ' is now ' || CAST(ROUND("{column}" * {factor}) AS INTEGER) || ' {unit}'
                FROM "{table}"
                WHERE instr("{column}", '.') > 0 AND length(rtrim(substr("{column}", instr("{column}", '.') + 1), '0')) > {decimals}
                """);
    }
}
