using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Fees : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ExamPeriods",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExamPeriods", x => x.Id);
                    table.CheckConstraint("CK_ExamPeriods_Order", "\"To\" >= \"From\"");
                });

            migrationBuilder.CreateTable(
                name: "FeeKinds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    UnitEn = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Measure = table.Column<int>(type: "INTEGER", nullable: false),
                    Payer = table.Column<int>(type: "INTEGER", nullable: false),
                    Cycle = table.Column<int>(type: "INTEGER", nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredById = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeeKinds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FeeKinds_People_RetiredById",
                        column: x => x.RetiredById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LeakCredits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenBackAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeakCredits", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LeakCredits_RepairTickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "RepairTickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LeakCredits_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LeakSettings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    CategoryId = table.Column<long>(type: "INTEGER", nullable: true),
                    DailyFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeakSettings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LeakSettings_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LedgerDays",
                columns: table => new
                {
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastEntryId = table.Column<long>(type: "INTEGER", nullable: false),
                    Entries = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SealedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerDays", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "LedgerTransactions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ById = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovedById = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerTransactions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LedgerTransactions_People_ApprovedById",
                        column: x => x.ApprovedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerTransactions_People_ById",
                        column: x => x.ById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentNotifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Gateway = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    RequestNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Raw = table.Column<string>(type: "TEXT", nullable: false),
                    IsAnswer = table.Column<bool>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Times = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentNotifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ResidentGroups",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredById = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResidentGroups", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ResidentGroups_People_RetiredById",
                        column: x => x.RetiredById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SandboxTrades",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RequestNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ActsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Refunds = table.Column<string>(type: "TEXT", nullable: false),
                    RefundedFen = table.Column<long>(type: "INTEGER", nullable: false),
                    LastRefundAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SandboxTrades", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StatementDays",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Gateway = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FetchedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Source = table.Column<int>(type: "INTEGER", nullable: true),
                    FetchedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 74, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatementDays", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StatementDays_People_FetchedById",
                        column: x => x.FetchedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ArrearsSettings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: false),
                    LowBalanceFen = table.Column<long>(type: "INTEGER", nullable: false),
                    ArrearsFen = table.Column<long>(type: "INTEGER", nullable: false),
                    ReminderDays = table.Column<int>(type: "INTEGER", nullable: false),
                    CoolDownDays = table.Column<int>(type: "INTEGER", nullable: false),
                    CutOffFen = table.Column<long>(type: "INTEGER", nullable: false),
                    NoticeDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArrearsSettings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ArrearsSettings_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BillingRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    KindId = table.Column<long>(type: "INTEGER", nullable: false),
                    Period = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    IsCorrection = table.Column<bool>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Bills = table.Column<int>(type: "INTEGER", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    LeftOut = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedById = table.Column<long>(type: "INTEGER", nullable: true),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillingRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BillingRuns_FeeKinds_KindId",
                        column: x => x.KindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BillingRuns_People_StartedById",
                        column: x => x.StartedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CutOffOrders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: false),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    DebtFen = table.Column<long>(type: "INTEGER", nullable: false),
                    ThresholdFen = table.Column<long>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AnnouncedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedById = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TechnicianId = table.Column<long>(type: "INTEGER", nullable: true),
                    AssignedById = table.Column<long>(type: "INTEGER", nullable: true),
                    CutById = table.Column<long>(type: "INTEGER", nullable: true),
                    CutAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CutNote = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TakenBackById = table.Column<long>(type: "INTEGER", nullable: true),
                    TakenBackBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RestoredById = table.Column<long>(type: "INTEGER", nullable: true),
                    RestoredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RestoreNote = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CutOffOrders", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_People_ApprovedById",
                        column: x => x.ApprovedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_People_AssignedById",
                        column: x => x.AssignedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_People_CutById",
                        column: x => x.CutById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_People_RestoredById",
                        column: x => x.RestoredById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_People_TakenBackById",
                        column: x => x.TakenBackById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_People_TechnicianId",
                        column: x => x.TechnicianId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CutOffOrders_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FeeRates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    KindId = table.Column<long>(type: "INTEGER", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    PublishedById = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedById = table.Column<long>(type: "INTEGER", nullable: true),
                    FollowsWithdrawnId = table.Column<long>(type: "INTEGER", nullable: true),
                    SupersededByRateId = table.Column<long>(type: "INTEGER", nullable: true),
                    SupersededById = table.Column<long>(type: "INTEGER", nullable: true),
                    SupersededAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnById = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeeRates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FeeRates_FeeKinds_KindId",
                        column: x => x.KindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeRates_FeeRates_FollowsWithdrawnId",
                        column: x => x.FollowsWithdrawnId,
                        principalTable: "FeeRates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeRates_FeeRates_SupersededByRateId",
                        column: x => x.SupersededByRateId,
                        principalTable: "FeeRates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeRates_People_ApprovedById",
                        column: x => x.ApprovedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeRates_People_PublishedById",
                        column: x => x.PublishedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeRates_People_SupersededById",
                        column: x => x.SupersededById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeRates_People_WithdrawnById",
                        column: x => x.WithdrawnById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LedgerAccounts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: true),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: true),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: true),
                    BalanceFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Entries = table.Column<int>(type: "INTEGER", nullable: false),
                    LastEntryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerAccounts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LedgerAccounts_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerAccounts_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerAccounts_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Meters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    KindId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Multiplier = table.Column<long>(type: "INTEGER", nullable: false),
                    Digits = table.Column<int>(type: "INTEGER", nullable: false),
                    InstalledOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RemovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReplacedByMeterId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Meters", x => x.Id);
                    table.CheckConstraint("CK_Meters_Digits", "\"Digits\" BETWEEN 3 AND 9");
                    table.CheckConstraint("CK_Meters_Multiplier", "\"Multiplier\" > 0");
                    table.ForeignKey(
                        name: "FK_Meters_FeeKinds_KindId",
                        column: x => x.KindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Meters_Meters_ReplacedByMeterId",
                        column: x => x.ReplacedByMeterId,
                        principalTable: "Meters",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SettledShares",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    StayFirst = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    BilledFen = table.Column<long>(type: "INTEGER", nullable: false),
                    BillNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    Statement = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SettledShares", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SettledShares_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SettledShares_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ResidentGroupMembers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResidentGroupMembers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ResidentGroupMembers_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ResidentGroupMembers_ResidentGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "ResidentGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Bills",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: false),
                    Period = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    PeriodFirst = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    PeriodLast = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: true),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: true),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    RunId = table.Column<long>(type: "INTEGER", nullable: true),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    VacantFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Usage = table.Column<long>(type: "INTEGER", nullable: false),
                    IsDeferred = table.Column<bool>(type: "INTEGER", nullable: false),
                    Priced = table.Column<long>(type: "INTEGER", nullable: false),
                    QuotaUsed = table.Column<long>(type: "INTEGER", nullable: false),
                    QuotaLeft = table.Column<long>(type: "INTEGER", nullable: false),
                    IsEstimate = table.Column<bool>(type: "INTEGER", nullable: false),
                    Proof = table.Column<string>(type: "TEXT", nullable: false),
                    CorrectsId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bills", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Bills_BillingRuns_RunId",
                        column: x => x.RunId,
                        principalTable: "BillingRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bills_Bills_CorrectsId",
                        column: x => x.CorrectsId,
                        principalTable: "Bills",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bills_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bills_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bills_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RunTellings",
                columns: table => new
                {
                    RunId = table.Column<long>(type: "INTEGER", nullable: false),
                    Through = table.Column<long>(type: "INTEGER", nullable: false),
                    IsDone = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RunTellings", x => x.RunId);
                    table.ForeignKey(
                        name: "FK_RunTellings_BillingRuns_RunId",
                        column: x => x.RunId,
                        principalTable: "BillingRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RateProposals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    KindId = table.Column<long>(type: "INTEGER", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    WithdrawsRateId = table.Column<long>(type: "INTEGER", nullable: true),
                    ProposedById = table.Column<long>(type: "INTEGER", nullable: false),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedById = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBecause = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PublishedRateId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RateProposals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RateProposals_FeeKinds_KindId",
                        column: x => x.KindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RateProposals_FeeRates_PublishedRateId",
                        column: x => x.PublishedRateId,
                        principalTable: "FeeRates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RateProposals_FeeRates_WithdrawsRateId",
                        column: x => x.WithdrawsRateId,
                        principalTable: "FeeRates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RateProposals_People_DecidedById",
                        column: x => x.DecidedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RateProposals_People_ProposedById",
                        column: x => x.ProposedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FeeNotices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    BalanceFen = table.Column<long>(type: "INTEGER", nullable: false),
                    People = table.Column<int>(type: "INTEGER", nullable: false),
                    ById = table.Column<long>(type: "INTEGER", nullable: true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeeNotices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FeeNotices_LedgerAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "LedgerAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FeeNotices_People_ById",
                        column: x => x.ById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LedgerEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TransactionId = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    BalanceFen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerEntries", x => x.Id);
                    table.CheckConstraint("CK_LedgerEntries_Amount", "\"AmountFen\" <> 0");
                    table.ForeignKey(
                        name: "FK_LedgerEntries_LedgerAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "LedgerAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LedgerEntries_LedgerTransactions_TransactionId",
                        column: x => x.TransactionId,
                        principalTable: "LedgerTransactions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentOrders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    PayerId = table.Column<long>(type: "INTEGER", nullable: true),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Key = table.Column<Guid>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PaidWith = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    ReceiptNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentOrders", x => x.Id);
                    table.CheckConstraint("CK_PaymentOrders_Amount", "\"AmountFen\" > 0");
                    table.ForeignKey(
                        name: "FK_PaymentOrders_LedgerAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "LedgerAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentOrders_People_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentOrders_People_PayerId",
                        column: x => x.PayerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MeterReadings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MeterId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    RolledOver = table.Column<bool>(type: "INTEGER", nullable: false),
                    RecordedById = table.Column<long>(type: "INTEGER", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PhotoKey = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReplacedById = table.Column<long>(type: "INTEGER", nullable: true),
                    ReplacedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MeterReadings", x => x.Id);
                    table.CheckConstraint("CK_MeterReadings_Value", "\"Value\" >= 0");
                    table.ForeignKey(
                        name: "FK_MeterReadings_MeterReadings_ReplacedById",
                        column: x => x.ReplacedById,
                        principalTable: "MeterReadings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MeterReadings_Meters_MeterId",
                        column: x => x.MeterId,
                        principalTable: "Meters",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MeterReadings_People_RecordedById",
                        column: x => x.RecordedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MeterRooms",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MeterId = table.Column<long>(type: "INTEGER", nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: false),
                    Share = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MeterRooms", x => x.Id);
                    table.CheckConstraint("CK_MeterRooms_Share", "\"Share\" > 0");
                    table.ForeignKey(
                        name: "FK_MeterRooms_Meters_MeterId",
                        column: x => x.MeterId,
                        principalTable: "Meters",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MeterRooms_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BillShares",
                columns: table => new
                {
                    BillId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillShares", x => new { x.BillId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_BillShares_Bills_BillId",
                        column: x => x.BillId,
                        principalTable: "Bills",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BillShares_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentAttempts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OrderId = table.Column<long>(type: "INTEGER", nullable: false),
                    Gateway = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    RequestNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Asked = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAskAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PaidAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TradeNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentAttempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PaymentAttempts_PaymentOrders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "PaymentOrders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BillMeters",
                columns: table => new
                {
                    BillId = table.Column<long>(type: "INTEGER", nullable: false),
                    MeterRoomId = table.Column<long>(type: "INTEGER", nullable: false),
                    MeterId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosingDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Total = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillMeters", x => new { x.BillId, x.MeterRoomId });
                    table.ForeignKey(
                        name: "FK_BillMeters_Bills_BillId",
                        column: x => x.BillId,
                        principalTable: "Bills",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BillMeters_MeterRooms_MeterRoomId",
                        column: x => x.MeterRoomId,
                        principalTable: "MeterRooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BillMeters_Meters_MeterId",
                        column: x => x.MeterId,
                        principalTable: "Meters",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MoneyProposals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ToAccountId = table.Column<long>(type: "INTEGER", nullable: true),
                    AttemptId = table.Column<long>(type: "INTEGER", nullable: true),
                    FeeKindId = table.Column<long>(type: "INTEGER", nullable: true),
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
                    table.PrimaryKey("PK_MoneyProposals", x => x.Id);
                    table.CheckConstraint("CK_MoneyProposals_Amount", "\"AmountFen\" <> 0");
                    table.ForeignKey(
                        name: "FK_MoneyProposals_FeeKinds_FeeKindId",
                        column: x => x.FeeKindId,
                        principalTable: "FeeKinds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoneyProposals_LedgerAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "LedgerAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoneyProposals_LedgerAccounts_ToAccountId",
                        column: x => x.ToAccountId,
                        principalTable: "LedgerAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoneyProposals_PaymentAttempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "PaymentAttempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoneyProposals_People_DecidedById",
                        column: x => x.DecidedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoneyProposals_People_ProposedById",
                        column: x => x.ProposedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MoveOutStatements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    OccupancyId = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    RoomId = table.Column<long>(type: "INTEGER", nullable: false),
                    LeavingDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ChargesFen = table.Column<long>(type: "INTEGER", nullable: false),
                    RoomPartFen = table.Column<long>(type: "INTEGER", nullable: false),
                    OwnFen = table.Column<long>(type: "INTEGER", nullable: false),
                    ResultFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Way = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceiptNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    ProposalId = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledById = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Proof = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MoveOutStatements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MoveOutStatements_MoneyProposals_ProposalId",
                        column: x => x.ProposalId,
                        principalTable: "MoneyProposals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoveOutStatements_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoveOutStatements_People_SettledById",
                        column: x => x.SettledById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MoveOutStatements_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentRefunds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AttemptId = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    ProposalId = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 110, nullable: true),
                    ReceiptNumber = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    PaidOutById = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentRefunds", x => x.Id);
                    table.CheckConstraint("CK_PaymentRefunds_Amount", "\"AmountFen\" > 0");
                    table.ForeignKey(
                        name: "FK_PaymentRefunds_MoneyProposals_ProposalId",
                        column: x => x.ProposalId,
                        principalTable: "MoneyProposals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentRefunds_PaymentAttempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "PaymentAttempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentRefunds_People_PaidOutById",
                        column: x => x.PaidOutById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StatementLines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DayId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 130, nullable: false),
                    TradeNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    RequestNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RefundNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ThereFen = table.Column<long>(type: "INTEGER", nullable: true),
                    HereFen = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    AttemptId = table.Column<long>(type: "INTEGER", nullable: true),
                    RefundId = table.Column<long>(type: "INTEGER", nullable: true),
                    Settlement = table.Column<int>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledById = table.Column<long>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ProposalId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatementLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StatementLines_MoneyProposals_ProposalId",
                        column: x => x.ProposalId,
                        principalTable: "MoneyProposals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatementLines_PaymentAttempts_AttemptId",
                        column: x => x.AttemptId,
                        principalTable: "PaymentAttempts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatementLines_PaymentRefunds_RefundId",
                        column: x => x.RefundId,
                        principalTable: "PaymentRefunds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatementLines_People_SettledById",
                        column: x => x.SettledById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StatementLines_StatementDays_DayId",
                        column: x => x.DayId,
                        principalTable: "StatementDays",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ArrearsSettings_FeeKindId",
                table: "ArrearsSettings",
                column: "FeeKindId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BillingRuns_KindId_IsCorrection",
                table: "BillingRuns",
                columns: new[] { "KindId", "IsCorrection" },
                unique: true,
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_BillingRuns_StartedById",
                table: "BillingRuns",
                column: "StartedById");

            migrationBuilder.CreateIndex(
                name: "IX_BillMeters_MeterId_ClosingDay",
                table: "BillMeters",
                columns: new[] { "MeterId", "ClosingDay" });

            migrationBuilder.CreateIndex(
                name: "IX_BillMeters_MeterRoomId_BillId",
                table: "BillMeters",
                columns: new[] { "MeterRoomId", "BillId" });

            migrationBuilder.CreateIndex(
                name: "IX_Bills_CorrectsId",
                table: "Bills",
                column: "CorrectsId");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_FeeKindId_Period_RoomId",
                table: "Bills",
                columns: new[] { "FeeKindId", "Period", "RoomId" });

            migrationBuilder.CreateIndex(
                name: "IX_Bills_FeeKindId_Subject_Period",
                table: "Bills",
                columns: new[] { "FeeKindId", "Subject", "Period" },
                unique: true,
                filter: "\"Kind\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_Imported",
                table: "Bills",
                columns: new[] { "FeeKindId", "Subject", "Period" },
                unique: true,
                filter: "\"Kind\" = 3");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_Number",
                table: "Bills",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bills_PeriodLast",
                table: "Bills",
                column: "PeriodLast");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_PersonId",
                table: "Bills",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_RoomId",
                table: "Bills",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_RunId",
                table: "Bills",
                column: "RunId");

            migrationBuilder.CreateIndex(
                name: "IX_Bills_Subject_Id",
                table: "Bills",
                columns: new[] { "Subject", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_BillShares_PersonId_BillId",
                table: "BillShares",
                columns: new[] { "PersonId", "BillId" });

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_ApprovedById",
                table: "CutOffOrders",
                column: "ApprovedById");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_AssignedById",
                table: "CutOffOrders",
                column: "AssignedById");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_CutById",
                table: "CutOffOrders",
                column: "CutById");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_FeeKindId",
                table: "CutOffOrders",
                column: "FeeKindId");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_Number",
                table: "CutOffOrders",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_RestoredById",
                table: "CutOffOrders",
                column: "RestoredById");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_RoomId_FeeKindId",
                table: "CutOffOrders",
                columns: new[] { "RoomId", "FeeKindId" },
                unique: true,
                filter: "\"State\" NOT IN (7, 8)");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_State",
                table: "CutOffOrders",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_TakenBackById",
                table: "CutOffOrders",
                column: "TakenBackById");

            migrationBuilder.CreateIndex(
                name: "IX_CutOffOrders_TechnicianId",
                table: "CutOffOrders",
                column: "TechnicianId");

            migrationBuilder.CreateIndex(
                name: "IX_ExamPeriods_From",
                table: "ExamPeriods",
                column: "From");

            migrationBuilder.CreateIndex(
                name: "IX_FeeKinds_Code",
                table: "FeeKinds",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FeeKinds_RetiredById",
                table: "FeeKinds",
                column: "RetiredById");

            migrationBuilder.CreateIndex(
                name: "IX_FeeNotices_AccountId_Kind_Day",
                table: "FeeNotices",
                columns: new[] { "AccountId", "Kind", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FeeNotices_ById",
                table: "FeeNotices",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_ApprovedById",
                table: "FeeRates",
                column: "ApprovedById");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_FollowsWithdrawnId",
                table: "FeeRates",
                column: "FollowsWithdrawnId");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_KindId_Scope_FirstDay",
                table: "FeeRates",
                columns: new[] { "KindId", "Scope", "FirstDay" },
                unique: true,
                filter: "\"WithdrawnAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_PublishedById",
                table: "FeeRates",
                column: "PublishedById");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_SupersededById",
                table: "FeeRates",
                column: "SupersededById");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_SupersededByRateId",
                table: "FeeRates",
                column: "SupersededByRateId");

            migrationBuilder.CreateIndex(
                name: "IX_FeeRates_WithdrawnById",
                table: "FeeRates",
                column: "WithdrawnById");

            migrationBuilder.CreateIndex(
                name: "IX_LeakCredits_RoomId_Day",
                table: "LeakCredits",
                columns: new[] { "RoomId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LeakCredits_TicketId",
                table: "LeakCredits",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_LeakSettings_CategoryId",
                table: "LeakSettings",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerAccounts_FeeKindId",
                table: "LedgerAccounts",
                column: "FeeKindId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerAccounts_Key",
                table: "LedgerAccounts",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LedgerAccounts_Kind_BalanceFen",
                table: "LedgerAccounts",
                columns: new[] { "Kind", "BalanceFen" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerAccounts_PersonId",
                table: "LedgerAccounts",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerAccounts_RoomId",
                table: "LedgerAccounts",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_AccountId_Id",
                table: "LedgerEntries",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_TransactionId",
                table: "LedgerEntries",
                column: "TransactionId");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerTransactions_ApprovedById",
                table: "LedgerTransactions",
                column: "ApprovedById");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerTransactions_ById",
                table: "LedgerTransactions",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerTransactions_Day",
                table: "LedgerTransactions",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerTransactions_Reference",
                table: "LedgerTransactions",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MeterReadings_Key",
                table: "MeterReadings",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MeterReadings_MeterId_Day",
                table: "MeterReadings",
                columns: new[] { "MeterId", "Day" },
                unique: true,
                filter: "\"ReplacedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MeterReadings_PhotoKey",
                table: "MeterReadings",
                column: "PhotoKey",
                filter: "\"PhotoKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MeterReadings_RecordedById",
                table: "MeterReadings",
                column: "RecordedById");

            migrationBuilder.CreateIndex(
                name: "IX_MeterReadings_ReplacedById",
                table: "MeterReadings",
                column: "ReplacedById");

            migrationBuilder.CreateIndex(
                name: "IX_MeterRooms_MeterId_RoomId",
                table: "MeterRooms",
                columns: new[] { "MeterId", "RoomId" },
                unique: true,
                filter: "\"LastDay\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MeterRooms_RoomId",
                table: "MeterRooms",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_Meters_KindId_Number",
                table: "Meters",
                columns: new[] { "KindId", "Number" },
                unique: true,
                filter: "\"RemovedOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Meters_ReplacedByMeterId",
                table: "Meters",
                column: "ReplacedByMeterId");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_AccountId_Id",
                table: "MoneyProposals",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_AttemptId",
                table: "MoneyProposals",
                column: "AttemptId");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_DecidedById",
                table: "MoneyProposals",
                column: "DecidedById");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_FeeKindId",
                table: "MoneyProposals",
                column: "FeeKindId");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_ProposedById",
                table: "MoneyProposals",
                column: "ProposedById");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_State",
                table: "MoneyProposals",
                column: "State",
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_MoneyProposals_ToAccountId",
                table: "MoneyProposals",
                column: "ToAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_Number",
                table: "MoveOutStatements",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_OccupancyId",
                table: "MoveOutStatements",
                column: "OccupancyId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_PersonId_Id",
                table: "MoveOutStatements",
                columns: new[] { "PersonId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_ProposalId",
                table: "MoveOutStatements",
                column: "ProposalId");

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_RoomId_Id",
                table: "MoveOutStatements",
                columns: new[] { "RoomId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_MoveOutStatements_SettledById",
                table: "MoveOutStatements",
                column: "SettledById");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentAttempts_NextAskAt",
                table: "PaymentAttempts",
                column: "NextAskAt",
                filter: "\"NextAskAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentAttempts_OrderId",
                table: "PaymentAttempts",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentAttempts_PaidAt",
                table: "PaymentAttempts",
                column: "PaidAt",
                filter: "\"PaidAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentAttempts_RequestNumber",
                table: "PaymentAttempts",
                column: "RequestNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentNotifications_Digest",
                table: "PaymentNotifications",
                column: "Digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentNotifications_Outcome_Id",
                table: "PaymentNotifications",
                columns: new[] { "Outcome", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentNotifications_RequestNumber",
                table: "PaymentNotifications",
                column: "RequestNumber");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_AccountId_Id",
                table: "PaymentOrders",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_CreatedById",
                table: "PaymentOrders",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_Key",
                table: "PaymentOrders",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_Number",
                table: "PaymentOrders",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_PayerId_Id",
                table: "PaymentOrders",
                columns: new[] { "PayerId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_ReceiptNumber",
                table: "PaymentOrders",
                column: "ReceiptNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentOrders_Reference",
                table: "PaymentOrders",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_AttemptId",
                table: "PaymentRefunds",
                column: "AttemptId");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_DoneAt",
                table: "PaymentRefunds",
                column: "DoneAt",
                filter: "\"DoneAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_NextTryAt",
                table: "PaymentRefunds",
                column: "NextTryAt",
                filter: "\"NextTryAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_PaidOutById",
                table: "PaymentRefunds",
                column: "PaidOutById");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_ProposalId",
                table: "PaymentRefunds",
                column: "ProposalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_ReceiptNumber",
                table: "PaymentRefunds",
                column: "ReceiptNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRefunds_RequestNumber",
                table: "PaymentRefunds",
                column: "RequestNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RateProposals_DecidedById",
                table: "RateProposals",
                column: "DecidedById");

            migrationBuilder.CreateIndex(
                name: "IX_RateProposals_KindId",
                table: "RateProposals",
                column: "KindId");

            migrationBuilder.CreateIndex(
                name: "IX_RateProposals_ProposedById",
                table: "RateProposals",
                column: "ProposedById");

            migrationBuilder.CreateIndex(
                name: "IX_RateProposals_PublishedRateId",
                table: "RateProposals",
                column: "PublishedRateId");

            migrationBuilder.CreateIndex(
                name: "IX_RateProposals_State",
                table: "RateProposals",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_RateProposals_WithdrawsRateId",
                table: "RateProposals",
                column: "WithdrawsRateId");

            migrationBuilder.CreateIndex(
                name: "IX_ResidentGroupMembers_GroupId_PersonId",
                table: "ResidentGroupMembers",
                columns: new[] { "GroupId", "PersonId" },
                unique: true,
                filter: "\"LastDay\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ResidentGroupMembers_PersonId",
                table: "ResidentGroupMembers",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_ResidentGroups_Code",
                table: "ResidentGroups",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ResidentGroups_RetiredById",
                table: "ResidentGroups",
                column: "RetiredById");

            migrationBuilder.CreateIndex(
                name: "IX_SandboxTrades_ActsAt",
                table: "SandboxTrades",
                column: "ActsAt",
                filter: "\"ActsAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SandboxTrades_RequestNumber",
                table: "SandboxTrades",
                column: "RequestNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SettledShares_FeeKindId_Subject",
                table: "SettledShares",
                columns: new[] { "FeeKindId", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_SettledShares_PersonId",
                table: "SettledShares",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_SettledShares_Statement",
                table: "SettledShares",
                column: "Statement");

            migrationBuilder.CreateIndex(
                name: "IX_StatementDays_Day",
                table: "StatementDays",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_StatementDays_FetchedById",
                table: "StatementDays",
                column: "FetchedById");

            migrationBuilder.CreateIndex(
                name: "IX_StatementDays_Gateway_Day",
                table: "StatementDays",
                columns: new[] { "Gateway", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StatementLines_AttemptId",
                table: "StatementLines",
                column: "AttemptId");

            migrationBuilder.CreateIndex(
                name: "IX_StatementLines_DayId_Kind_Key",
                table: "StatementLines",
                columns: new[] { "DayId", "Kind", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StatementLines_ProposalId",
                table: "StatementLines",
                column: "ProposalId");

            migrationBuilder.CreateIndex(
                name: "IX_StatementLines_RefundId",
                table: "StatementLines",
                column: "RefundId");

            migrationBuilder.CreateIndex(
                name: "IX_StatementLines_SettledById",
                table: "StatementLines",
                column: "SettledById");

            migrationBuilder.CreateIndex(
                name: "IX_StatementLines_State_Settlement",
                table: "StatementLines",
                columns: new[] { "State", "Settlement" },
                filter: "\"State\" <> 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ArrearsSettings");

            migrationBuilder.DropTable(
                name: "BillMeters");

            migrationBuilder.DropTable(
                name: "BillShares");

            migrationBuilder.DropTable(
                name: "CutOffOrders");

            migrationBuilder.DropTable(
                name: "ExamPeriods");

            migrationBuilder.DropTable(
                name: "FeeNotices");

            migrationBuilder.DropTable(
                name: "LeakCredits");

            migrationBuilder.DropTable(
                name: "LeakSettings");

            migrationBuilder.DropTable(
                name: "LedgerDays");

            migrationBuilder.DropTable(
                name: "LedgerEntries");

            migrationBuilder.DropTable(
                name: "MeterReadings");

            migrationBuilder.DropTable(
                name: "MoveOutStatements");

            migrationBuilder.DropTable(
                name: "PaymentNotifications");

            migrationBuilder.DropTable(
                name: "RateProposals");

            migrationBuilder.DropTable(
                name: "ResidentGroupMembers");

            migrationBuilder.DropTable(
                name: "RunTellings");

            migrationBuilder.DropTable(
                name: "SandboxTrades");

            migrationBuilder.DropTable(
                name: "SettledShares");

            migrationBuilder.DropTable(
                name: "StatementLines");

            migrationBuilder.DropTable(
                name: "MeterRooms");

            migrationBuilder.DropTable(
                name: "Bills");

            migrationBuilder.DropTable(
                name: "LedgerTransactions");

            migrationBuilder.DropTable(
                name: "FeeRates");

            migrationBuilder.DropTable(
                name: "ResidentGroups");

            migrationBuilder.DropTable(
                name: "PaymentRefunds");

            migrationBuilder.DropTable(
                name: "StatementDays");

            migrationBuilder.DropTable(
                name: "Meters");

            migrationBuilder.DropTable(
                name: "BillingRuns");

            migrationBuilder.DropTable(
                name: "MoneyProposals");

            migrationBuilder.DropTable(
                name: "PaymentAttempts");

            migrationBuilder.DropTable(
                name: "PaymentOrders");

            migrationBuilder.DropTable(
                name: "LedgerAccounts");

            migrationBuilder.DropTable(
                name: "FeeKinds");
        }
    }
}
