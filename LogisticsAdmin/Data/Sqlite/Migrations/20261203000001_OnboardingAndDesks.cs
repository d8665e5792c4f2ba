using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LogisticsAdmin.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OnboardingAndDesks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SavedViews_OwnerId_Name",
                table: "SavedViews");

            migrationBuilder.AddColumn<string>(
                name: "List",
                table: "SavedViews",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "repairs");

            migrationBuilder.AddColumn<long>(
                name: "InspectedRoomId",
                table: "Leavers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MealWastes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ItemId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Meal = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MealWastes", x => x.Id);
                    table.CheckConstraint("CK_MealWastes_Quantity", "\"Quantity\" >= 0");
                    table.ForeignKey(
                        name: "FK_MealWastes_ShelfItems_ItemId",
                        column: x => x.ItemId,
                        principalTable: "ShelfItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_OwnerId_List_Name",
                table: "SavedViews",
                columns: new[] { "OwnerId", "List", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MealWastes_Day_Meal_ItemId",
                table: "MealWastes",
                columns: new[] { "Day", "Meal", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MealWastes_ItemId",
                table: "MealWastes",
                column: "ItemId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MealWastes");

            migrationBuilder.DropIndex(
                name: "IX_SavedViews_OwnerId_List_Name",
                table: "SavedViews");

            migrationBuilder.DropColumn(
                name: "List",
                table: "SavedViews");

            migrationBuilder.DropColumn(
                name: "InspectedRoomId",
                table: "Leavers");

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_OwnerId_Name",
                table: "SavedViews",
                columns: new[] { "OwnerId", "Name" },
                unique: true);
        }
    }
}
