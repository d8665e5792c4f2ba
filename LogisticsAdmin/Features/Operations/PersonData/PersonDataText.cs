namespace LogisticsAdmin.Features.Operations.PersonData;

/// <summary>The words of the export of one person's data.</summary>
public sealed class PersonDataText;
