namespace LogisticsAdmin.Features.People.Import;

/// <summary>Words of the spreadsheet of people: its columns, choices, and what can be wrong with a row.</summary>
public sealed class PeopleImportText;
