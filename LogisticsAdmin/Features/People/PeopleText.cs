namespace LogisticsAdmin.Features.People;

public sealed class PeopleText;
