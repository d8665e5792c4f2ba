using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Migrations
{
    /// <inheritdoc />
    public partial class OlderTicketsKeepTheirStory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What older tickets did is in their timelines; open ones are dated anew at the start, by levels and calendar.
            migrationBuilder.Sql("""
                INSERT INTO "RepairPauses" ("TicketId", "From", "To", "Reason")
                SELECT h."TicketId", h."At",
                    (SELECT n."At" FROM "RepairEvents" n WHERE n."TicketId" = h."TicketId" AND n."Id" > h."Id" AND n."To" <> 6 ORDER BY n."Id" LIMIT 1),
                    CASE h."Code" WHEN 'Parts' THEN 1 WHEN 'Access' THEN 2 WHEN 'Contractor' THEN 3 WHEN 'Approval' THEN 4 END
                FROM "RepairEvents" h WHERE h."Verb" = 9;

                INSERT INTO "RepairPauses" ("TicketId", "From", "To", "Reason")
                SELECT b."TicketId",
                    (SELECT c."At" FROM "RepairEvents" c WHERE c."TicketId" = b."TicketId" AND c."Id" < b."Id" AND c."Verb" = 11 ORDER BY c."Id" DESC LIMIT 1),
                    b."At", NULL
                FROM "RepairEvents" b WHERE b."Verb" = 18
                    AND EXISTS (SELECT 1 FROM "RepairEvents" c WHERE c."TicketId" = b."TicketId" AND c."Id" < b."Id" AND c."Verb" = 11);

                UPDATE "RepairTickets" SET
                    "Pressing" = (CASE WHEN "Status" = 6 THEN 2 ELSE CASE "Pressing" >> 61 WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 4 END END << 60)
                        + (("Pressing" & 2305843009213693951) >> 1),
                    "ResponseDueAt" = "DueAt",
                    "RespondedAt" = (SELECT min(e."At") FROM "RepairEvents" e WHERE e."TicketId" = "RepairTickets"."Id" AND e."Verb" NOT IN (1, 23) AND e."To" NOT IN (1, 11)),
                    "AnsweredAt" = (SELECT min(e."At") FROM "RepairEvents" e WHERE e."TicketId" = "RepairTickets"."Id"
                        AND (e."Verb" IN (3, 11) OR (e."Verb" = 16 AND e."Internal" = 0 AND e."ActorId" IS NOT "RepairTickets"."ReporterId"))),
                    "Transfers" = (SELECT count(*) FROM "RepairEvents" e WHERE e."TicketId" = "RepairTickets"."Id" AND e."Verb" = 7);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""DELETE FROM "RepairPauses";""");
    }
}
