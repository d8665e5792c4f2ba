namespace LogisticsAdmin.Data.Sqlite;

/// <summary>
/// Ten migrations were folded into one, <see cref="Migrations.Initial"/>, which has the id of the last of them: a database that has all ten
/// already has its tables, and only the ids of the other nine must be removed from its history.
/// </summary>
internal static class FoldedMigrations
{
    public const string LastId = "20261125081632_RememberReadings";

    public static readonly IReadOnlyList<string> EarlierIds =
    [
        "20261123014257_Initial",
        "20261123025728_IndexTicketsByCategory",
        "20261123144122_CraftOfTriage",
        "20261123144123_OlderTicketsKeepTheirStory",
        "20261123152959_IndexBuildingsByTime",
        "20261125020654_PeopleAndBeds",
        "20261125020655_OlderRoomsHaveBeds",
        "20261125024621_IndexTheDesk",
        "20261125080533_PictureOfPerson",
    ];
}
