namespace LogisticsAdmin.Features.People;

/// <summary>Words about people.</summary>
public sealed class PeopleText;
