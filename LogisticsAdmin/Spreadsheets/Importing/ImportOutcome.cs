namespace LogisticsAdmin.Spreadsheets.Importing;

public enum ImportOutcome
{
    New = 1,
    Changed = 2,
    Same = 3,
    Rejected = 4,
}
